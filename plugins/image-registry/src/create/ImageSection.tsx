import { useState } from 'react';
import Button from '@material-ui/core/Button';
import FormHelperText from '@material-ui/core/FormHelperText';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import {
  ImageDetails,
  Registry,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  DigestText,
  ErrorPanel,
  formatPlatform,
  ImageName,
  ImagePickerDialog,
  ImageRegistryQuery,
  RowsSkeleton,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { useForm } from './FormContext';
import { fieldId } from './PlanField';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
    minWidth: 0,
  },
  image: { minWidth: 0, overflowWrap: 'anywhere' },
}));

interface ImageSectionProps {
  registries: Registry[];
  /** The chosen image as its registry tells it. */
  details: ImageRegistryQuery<ImageDetails>;
  onPick: Parameters<typeof ImagePickerDialog>[0]['onPick'];
}

/** The image that is chosen, and the picker. */
export function ImageSection(props: ImageSectionProps) {
  const { registries, details, onPick } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { draft, problemAt, component } = useForm();
  const [picking, setPicking] = useState(false);
  const { image } = draft;
  const problem = problemAt('image');
  const platforms = (details.value?.platforms ?? [])
    .map(({ platform }) => platform && formatPlatform(platform))
    .filter(Boolean)
    .join(', ');
  return (
    <>
      <div className={classes.root}>
        {image && (
          <Typography component="div" className={classes.image}>
            <ImageName
              registry={
                registries.find(({ id }) => id === image.registryId)?.name ??
                image.registryId
              }
              repository={image.repository}
              tag={image.tag}
            />{' '}
            <DigestText digest={image.digest} />
          </Typography>
        )}
        <Button
          id={fieldId('image')}
          variant={image ? 'outlined' : 'contained'}
          color="primary"
          onClick={() => setPicking(true)}
        >
          {image ? t('create.image.change') : t('create.image.choose')}
        </Button>
      </div>
      {problem && <FormHelperText error>{problem}</FormHelperText>}
      {details.error && (
        <ErrorPanel
          error={details.error}
          title={t('create.image.unread')}
          onRetry={details.refetch}
        />
      )}
      {image && details.loading && <RowsSkeleton rows={1} />}
      {platforms && (
        <Typography variant="body2" color="textSecondary">
          {t('create.image.platforms', { platforms })}
        </Typography>
      )}
      {details.value && details.value.kind !== 'image' && (
        <Alert severity="error">{t('create.image.notRunnable')}</Alert>
      )}
      <ImagePickerDialog
        open={picking}
        entityRef={component}
        initial={image}
        onPick={onPick}
        onClose={() => setPicking(false)}
      />
    </>
  );
}
