import { useEntityPermission } from '@backstage/plugin-catalog-react/alpha';
import { useEntity } from '@backstage/plugin-catalog-react';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import {
  ComponentSource,
  componentSourcePermission,
  Registry,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  GuardedButton,
  ImageName,
  imageRegistryTranslationRef,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
    marginBottom: theme.spacing(2),
  },
  select: { minWidth: 240, maxWidth: '100%' },
}));

interface SourceBarProps {
  sources: ComponentSource[];
  source: ComponentSource;
  registries: Registry[];
  onSelect(index: number): void;
  onChange(): void;
}

/** Where the images come from, how that is known, and a way to change it. */
export function SourceBar(props: SourceBarProps) {
  const { sources, source, registries, onSelect, onChange } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const deniedReason = useChangeDenied(source);
  const registryName = (one: ComponentSource) =>
    registries.find(({ id }) => id === one.image.registryId)?.name ??
    one.image.host;
  const place = (one: ComponentSource) =>
    [one.environment, one.container].filter(Boolean).join(' / ');

  return (
    <div className={classes.root}>
      {sources.length > 1 && (
        <TextField
          select
          id="images-source"
          className={classes.select}
          size="small"
          variant="outlined"
          label={t('images.sourceOf')}
          SelectProps={{ labelId: 'images-source-label' }}
          InputLabelProps={{ id: 'images-source-label' }}
          value={sources.indexOf(source)}
          onChange={event => onSelect(Number(event.target.value))}
        >
          {sources.map((one, index) => (
            <MenuItem
              key={`${place(one)} ${one.image.repository}`}
              value={index}
            >
              {place(one) || one.image.repository}
            </MenuItem>
          ))}
        </TextField>
      )}
      <Typography variant="body1" component="div">
        {t('images.source')}{' '}
        <strong>
          <ImageName
            registry={registryName(source)}
            repository={source.image.repository}
          />
        </strong>{' '}
        — {t(`images.origin.${source.origin}`)}
      </Typography>
      <GuardedButton
        size="small"
        variant="outlined"
        deniedReason={deniedReason}
        onClick={onChange}
      >
        {t('images.change')}
      </GuardedButton>
    </div>
  );
}

/** Why this person may not change the source, if so. */
export function useChangeDenied(source?: ComponentSource): string | undefined {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const shared = useTranslate(imageRegistryTranslationRef);
  const { entity } = useEntity();
  const { loading, allowed } = useEntityPermission(componentSourcePermission);
  if (source?.origin === 'catalog') {
    return t('images.fromCatalog');
  }
  return loading || allowed
    ? undefined
    : shared('permission.deniedEntity', { owner: entity.metadata.name });
}
