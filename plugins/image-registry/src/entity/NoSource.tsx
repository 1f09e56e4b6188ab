import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  ComponentSource,
  ComponentSources,
  Registry,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  EmptyState,
  ErrorPanel,
  GuardedButton,
  ImageName,
  imageRegistryApiRef,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { useChangeDenied } from './SourceBar';

const useStyles = makeStyles(theme => ({
  suggestion: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'center',
    gap: theme.spacing(1),
    margin: theme.spacing(1, 0),
  },
}));

interface NoSourceProps {
  /** Name of the component. */
  name: string;
  /** A source whose registry isn't connected, if there is one. */
  source?: ComponentSource;
  suggestions: ComponentSources['suggestions'];
  registries: Registry[];
  entityRef: string;
  onChanged(): void;
  onChoose(): void;
}

/** Nobody knows where the images are; repositories of the same name are offered. */
export function NoSource(props: NoSourceProps) {
  const { name, source, suggestions, registries, entityRef } = props;
  const { onChanged, onChoose } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const api = useApi(imageRegistryApiRef);
  const deniedReason = useChangeDenied(source);
  const [error, setError] = useState<Error>();

  const use = async (image: ComponentSources['suggestions'][0]) => {
    setError(undefined);
    try {
      await api.putComponentSources({ entityRef, sources: [{ image }] });
      onChanged();
    } catch (failure) {
      setError(failure as Error);
    }
  };
  return (
    <EmptyState
      title={
        source
          ? t('images.notConnected', {
              host: source.image.host ?? source.image.repository,
            })
          : t('images.noSource', { name })
      }
      description={
        <>
          {source ? t('images.notConnectedHelper') : t('images.noSourceHelper')}
          {suggestions.map(image => (
            <div
              key={`${image.registryId} ${image.repository}`}
              className={classes.suggestion}
            >
              <Typography variant="body2" component="span">
                <ImageName
                  registry={
                    registries.find(({ id }) => id === image.registryId)?.name
                  }
                  repository={image.repository}
                />
              </Typography>
              <GuardedButton
                size="small"
                variant="outlined"
                deniedReason={deniedReason}
                onClick={() => use(image)}
              >
                {t('images.useThis')}
              </GuardedButton>
            </div>
          ))}
          {error && <ErrorPanel error={error} title={t('form.notSaved')} />}
        </>
      }
      action={
        deniedReason ? (
          <GuardedButton variant="contained" deniedReason={deniedReason}>
            {t('images.choose')}
          </GuardedButton>
        ) : (
          <Button variant="contained" color="primary" onClick={onChoose}>
            {t('images.choose')}
          </Button>
        )
      }
    />
  );
}
