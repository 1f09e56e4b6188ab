import { useId, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import Typography from '@material-ui/core/Typography';
import {
  AttachPullSecret,
  RolloutImage,
  Target,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ConfirmDialog,
  imageRegistryApiRef,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';

type Attachment = AttachPullSecret['attach'];

/** Gives the pods of a target a login for a registry. */
export function PullSecretDialog(props: {
  target: Target;
  /** What is to be pulled; absent: what runs. */
  image?: Pick<RolloutImage, 'registryId' | 'repository'>;
  onDone(): void;
  onClose(): void;
}) {
  const { target, image, onDone, onClose } = props;
  const api = useApi(imageRegistryApiRef);
  const labelId = useId();
  const t = useTranslate(imageDeployTranslationRef);
  const { entityRef, registryNames } = useDeploymentsContext();
  const [attach, setAttach] = useState<Attachment>('service-account');
  const registryId = image?.registryId ?? target.registryId ?? '';
  return (
    <ConfirmDialog
      open
      title={t('pullSecret.title')}
      confirmLabel={t('pullSecret.confirm')}
      errorTitle={t('pullSecret.failed')}
      onConfirm={async () => {
        await api.attachPullSecret(target.key, {
          entityRef,
          attach,
          ...(image?.registryId && {
            image: {
              registryId: image.registryId,
              repository: image.repository,
            },
          }),
        });
        onDone();
      }}
      onClose={onClose}
    >
      <Typography gutterBottom>
        {t('pullSecret.explanation', {
          registry: registryNames.get(registryId) ?? registryId,
          namespace: target.ref.namespace,
        })}
      </Typography>
      <FormControl component="fieldset">
        <FormLabel component="legend" id={labelId}>
          {t('pullSecret.attach')}
        </FormLabel>
        <RadioGroup
          aria-labelledby={labelId}
          value={attach}
          onChange={event => setAttach(event.target.value as Attachment)}
        >
          <FormControlLabel
            value="service-account"
            control={<Radio color="primary" />}
            label={t('pullSecret.serviceAccount')}
          />
          <FormControlLabel
            value="workload"
            control={<Radio color="primary" />}
            label={t('pullSecret.workload')}
          />
        </RadioGroup>
      </FormControl>
    </ConfirmDialog>
  );
}
