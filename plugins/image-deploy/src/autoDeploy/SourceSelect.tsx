import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import {
  ComponentSources,
  ImageRepository,
  Target,
} from '@slipway/backstage-plugin-image-registry-common';
import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';

/** Names a source in a list. */
function sourceKey(image: ImageRepository): string {
  return `${image.registryId} ${image.repository}`;
}

/** Where a target's images can come from; what it runs now comes first. */
export function sourcesOf(
  target: Target,
  sources: ComponentSources | undefined,
  saved: ImageRepository | undefined,
): ImageRepository[] {
  const all: Array<Partial<ImageRepository>> = [
    saved ?? {},
    ...(sources?.items ?? [])
      .filter(
        ({ container, environment, origin }) =>
          origin !== 'inferred' &&
          (!container || container === target.ref.container) &&
          (!environment || environment === target.environment),
      )
      .map(({ image }) => image),
    { registryId: target.registryId, repository: target.repository },
    ...(sources?.items ?? []).map(({ image }) => image),
    ...(sources?.suggestions ?? []),
  ];
  const found = new Map<string, ImageRepository>();
  for (const { registryId, repository } of all) {
    if (registryId && repository) {
      found.set(sourceKey({ registryId, repository }), {
        registryId,
        repository,
      });
    }
  }
  return [...found.values()];
}

/** Chooses the repository whose pushes are deployed. */
export function SourceSelect(props: {
  sources: ImageRepository[];
  value: ImageRepository | undefined;
  onChange(source: ImageRepository): void;
}) {
  const { sources, value, onChange } = props;
  const t = useTranslate(imageDeployTranslationRef);
  const { registryNames } = useDeploymentsContext();
  return (
    <TextField
      id="image-deploy-source"
      select
      label={t('autoDeploy.source')}
      value={value ? sourceKey(value) : ''}
      onChange={event => {
        const next = sources.find(
          source => sourceKey(source) === event.target.value,
        );
        if (next) {
          onChange(next);
        }
      }}
      helperText={sources.length === 0 ? t('autoDeploy.noSource') : undefined}
      error={sources.length === 0}
      variant="outlined"
      margin="dense"
      fullWidth
      SelectProps={{
        SelectDisplayProps: {
          id: 'image-deploy-source-value',
          style: { whiteSpace: 'normal' },
        },
      }}
    >
      {sources.map(source => (
        <MenuItem
          key={sourceKey(source)}
          value={sourceKey(source)}
          style={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}
        >
          {`${registryNames.get(source.registryId) ?? source.registryId} / ${
            source.repository
          }`}
        </MenuItem>
      ))}
    </TextField>
  );
}
