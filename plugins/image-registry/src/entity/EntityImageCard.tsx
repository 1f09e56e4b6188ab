import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Card from '@material-ui/core/Card';
import CardContent from '@material-ui/core/CardContent';
import CardHeader from '@material-ui/core/CardHeader';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  ErrorPanel,
  ImageName,
  RowsSkeleton,
  TimeAgo,
  useImageRegistryQuery,
  useRegistries,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { entityImagesRouteRef } from '../routes';
import { imageRegistryPageTranslationRef } from '../translation';
import {
  ConnectedSource,
  isConnected,
  useComponentImages,
} from './useComponentImages';

/** Images that the card names. */
const NEWEST = 3;

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  image: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: theme.spacing(0, 2),
    padding: theme.spacing(0.5, 0),
    overflowWrap: 'anywhere',
  },
}));

/**
 * The newest images of a component and where they come from. What runs is on
 * the card of the deploy plugin.
 */
export function EntityImageCard() {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { value, error, refetch, entityRef } = useComponentImages();
  const tab = useRouteRef(entityImagesRouteRef);
  const source = value?.sources.items.find(isConnected);

  return (
    <Card>
      <CardHeader
        title={t('card.title')}
        titleTypographyProps={{ variant: 'h5', component: 'h2' }}
        action={<Link to={tab()}>{t('card.open')}</Link>}
      />
      <CardContent>
        {error && <ErrorPanel error={error} onRetry={refetch} />}
        {!value && !error && <RowsSkeleton rows={2} />}
        {value && !source && (
          <Typography variant="body2">{t('card.noSource')}</Typography>
        )}
        {source && <NewestImages entityRef={entityRef} source={source} />}
      </CardContent>
    </Card>
  );
}

function NewestImages(props: { entityRef: string; source: ConnectedSource }) {
  const { entityRef, source } = props;
  const { registryId, repository } = source.image;
  const classes = useStyles();
  const tab = useRouteRef(entityImagesRouteRef);
  const registries = useRegistries().value;
  const registry = registries?.registries.find(({ id }) => id === registryId);
  const provider = registries?.providers.find(
    ({ id }) => id === registry?.provider,
  );
  const sort = provider?.capabilities.pushTime ? 'pushed-desc' : 'natural-desc';
  const { value, error, refetch } = useImageRegistryQuery(
    (api, signal) =>
      api.listTags(
        registryId,
        { repository, entityRef, sort, limit: NEWEST },
        { signal },
      ),
    [registryId, repository, entityRef, sort],
    { topics: ['delivery'], enabled: registries !== undefined },
  );
  return (
    <>
      <Typography variant="body2" gutterBottom>
        <ImageName registry={registry?.name} repository={repository} />
      </Typography>
      {error && <ErrorPanel error={error} onRetry={refetch} />}
      {!value && !error && <RowsSkeleton rows={NEWEST} />}
      <ul className={classes.list}>
        {value?.items.slice(0, NEWEST).map(({ tag, pushedAt }) => (
          <Typography
            key={tag}
            component="li"
            variant="body2"
            className={classes.image}
          >
            <Link to={`${tab()}?image=${encodeURIComponent(tag)}`}>{tag}</Link>
            {pushedAt && <TimeAgo time={pushedAt} />}
          </Typography>
        ))}
      </ul>
    </>
  );
}
