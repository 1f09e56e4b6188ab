import { InfoCard } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Link from '@material-ui/core/Link';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Target } from '@slipway/backstage-plugin-image-registry-common';
import {
  EmptyState,
  ErrorPanel,
  HealthLabel,
  HeldLabel,
  RowsSkeleton,
  shortDigest,
  useImageRegistryQuery,
} from '@slipway/backstage-plugin-image-registry-react';
import { Link as RouterLink } from 'react-router-dom';
import { imageRegistryPageTranslationRef } from '../translation';
import { useDeployLink } from './useDeployLink';
import { isConnected, useComponentImages } from './useComponentImages';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  target: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0, 2),
    padding: theme.spacing(0.5, 0),
    overflowWrap: 'anywhere',
  },
}));

/**
 * What runs in each environment, and the newest image that there is.
 */
export function EntityImageCard() {
  const classes = useStyles();
  const { t } = useTranslationRef(imageRegistryPageTranslationRef);
  const { value, error, refetch, entityRef } = useComponentImages();
  const deployLink = useDeployLink();
  const targets = value?.targets?.items ?? [];
  const source = value?.sources.items.find(isConnected);

  return (
    <InfoCard
      title={t('card.title')}
      deepLink={{ title: t('card.openDeploy'), link: deployLink() }}
    >
      {error && <ErrorPanel error={error} onRetry={refetch} />}
      {!value && !error && <RowsSkeleton rows={2} />}
      {value && targets.length === 0 && (
        <EmptyState title={t('card.nothingRuns')} />
      )}
      <ul className={classes.list}>
        {targets.map(target => (
          <Typography
            key={target.key}
            component="li"
            variant="body2"
            className={classes.target}
          >
            <strong>{placeName(target)}</strong>
            <span>
              {target.tag ??
                (target.digest ? shortDigest(target.digest) : target.image)}
            </span>
            <HealthLabel health={target.health} />
            {target.hold && <HeldLabel reason={target.hold.reason} />}
          </Typography>
        ))}
      </ul>
      {source && (
        <NewestImage
          entityRef={entityRef}
          registryId={source.image.registryId}
          repository={source.image.repository}
        />
      )}
    </InfoCard>
  );
}

function placeName(target: Target): string {
  return target.environment ?? `${target.ref.cluster}/${target.ref.namespace}`;
}

function NewestImage(props: {
  entityRef: string;
  registryId: string;
  repository: string;
}) {
  const { entityRef, registryId, repository } = props;
  const { t } = useTranslationRef(imageRegistryPageTranslationRef);
  const { value } = useImageRegistryQuery(
    (api, signal) =>
      api.listTags(registryId, { repository, entityRef, limit: 1 }, { signal }),
    [registryId, repository, entityRef],
    { topics: ['delivery'] },
  );
  const newest = value?.items[0];
  return newest ? (
    <Typography variant="body2" color="textSecondary">
      {t('card.newest')}{' '}
      <Link
        component={RouterLink}
        underline="always"
        to={`images?image=${encodeURIComponent(newest.tag)}`}
      >
        {newest.tag}
      </Link>
    </Typography>
  ) : null;
}
