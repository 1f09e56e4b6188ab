import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { Target } from '@slipway/backstage-plugin-image-registry-common';
import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { imageDeployTranslationRef } from '../translation';

/** Chooses the environment and the container. */
export function TargetSelect(props: {
  targets: Target[];
  value: Target;
  onChange(target: Target): void;
}) {
  const { targets, value, onChange } = props;
  const t = useTranslate(imageDeployTranslationRef);
  return (
    <TextField
      id="image-deploy-target"
      select
      label={t('deploy.target')}
      value={value.key}
      onChange={event => {
        const next = targets.find(({ key }) => key === event.target.value);
        if (next) {
          onChange(next);
        }
      }}
      variant="outlined"
      margin="dense"
      fullWidth
      SelectProps={{
        SelectDisplayProps: {
          id: 'image-deploy-target-value',
          style: { whiteSpace: 'normal' },
        },
      }}
    >
      {targets.map(target => (
        <MenuItem
          key={target.key}
          value={target.key}
          style={{ whiteSpace: 'normal' }}
        >
          {t('deploy.targetOption', {
            environment: target.environment ?? t('lanes.other'),
            workload: `${target.ref.kind}/${target.ref.name}`,
            container: target.ref.container,
            cluster: target.ref.cluster,
            namespace: target.ref.namespace,
          })}
        </MenuItem>
      ))}
    </TextField>
  );
}
