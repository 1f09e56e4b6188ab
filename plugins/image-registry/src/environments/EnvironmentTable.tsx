import { EntityRefLinks } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import {
  Cluster,
  Environment,
  Protection,
  Registry,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  GuardedButton,
  imageRegistryTranslationRef,
  useProtectionWords,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { ReachabilityLabel } from './ClusterList';
import { AccessCell, PullSecretCell } from './ReviewCells';
import { EnvironmentReviews } from './useEnvironmentReviews';

const useStyles = makeStyles(theme => ({
  table: {
    '& th, & td': { wordBreak: 'normal', padding: theme.spacing(1) },
    '& thead th': { verticalAlign: 'bottom' },
  },
  text: { overflowWrap: 'anywhere', minWidth: 96 },
  review: { overflowWrap: 'anywhere', minWidth: 122 },
  name: { overflowWrap: 'anywhere', minWidth: 118 },
  list: {
    minWidth: 145,
    margin: 0,
    paddingLeft: theme.spacing(2),
    '& > li': { padding: theme.spacing(0.25, 0) },
  },
  buttons: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
  },
}));

interface EnvironmentTableProps {
  environments: Environment[];
  clusters: Cluster[];
  registries: Registry[];
  deniedReason?: string;
  /** Absent for those who may not see them. */
  reviews?: EnvironmentReviews;
  onFix(environment: Environment): void;
  onGrant(place: { cluster: string; namespace: string }): void;
  onEdit(environment: Environment): void;
  onDelete(environment: Environment): void;
}

/** The environments in their order, with their places. */
export function EnvironmentTable(props: EnvironmentTableProps) {
  const { environments, clusters, registries, deniedReason } = props;
  const { reviews, onFix, onGrant, onEdit, onDelete } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const shared = useTranslate(imageRegistryTranslationRef);
  return (
    <TableContainer>
      <Table className={classes.table} aria-label={t('page.tab.environments')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('environments.order')}</TableCell>
            <TableCell>{t('environments.name')}</TableCell>
            <TableCell>{t('environments.places')}</TableCell>
            <TableCell>{t('environments.registry')}</TableCell>
            <TableCell>{t('environments.protections')}</TableCell>
            {reviews && (
              <>
                <TableCell>{t('reviews.pullSecret')}</TableCell>
                <TableCell>{t('reviews.access')}</TableCell>
              </>
            )}
            <TableCell>{t('environments.writable')}</TableCell>
            <TableCell>{t('environments.actions')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {environments.map(environment => (
            <TableRow key={environment.id}>
              <TableCell>{environment.order}</TableCell>
              <TableCell
                component="th"
                scope="row"
                role="rowheader"
                className={classes.name}
              >
                {environment.name}
              </TableCell>
              <TableCell className={classes.text}>
                {environment.places.map(place => {
                  const cluster = clusters.find(
                    ({ name }) => name === place.cluster,
                  );
                  return (
                    <div key={`${place.cluster} ${place.namespaces.join()}`}>
                      {place.cluster}: {place.namespaces.join(', ')}
                      {(!cluster || !cluster.reachable) && (
                        <div>
                          <ReachabilityLabel cluster={cluster} />
                        </div>
                      )}
                    </div>
                  );
                })}
              </TableCell>
              <TableCell>
                {registries.find(
                  ({ id }) => id === environment.defaultRegistryId,
                )?.name ?? t('environments.defaultRegistry')}
              </TableCell>
              <TableCell className={classes.text}>
                <Protections protection={environment.protection} />
              </TableCell>
              {reviews && (
                <>
                  <TableCell className={classes.review}>
                    <PullSecretCell
                      state={reviews.of(environment.id)}
                      name={environment.name}
                      onFix={() => onFix(environment)}
                    />
                  </TableCell>
                  <TableCell className={classes.review}>
                    <AccessCell
                      state={reviews.of(environment.id)}
                      name={environment.name}
                      onGrant={onGrant}
                    />
                  </TableCell>
                </>
              )}
              <TableCell className={classes.text}>
                {environment.owners.length + environment.systems.length ===
                0 ? (
                  t('environments.labelOnly')
                ) : (
                  <EntityRefLinks
                    entityRefs={[...environment.owners, ...environment.systems]}
                  />
                )}
              </TableCell>
              <TableCell>
                <div className={classes.buttons}>
                  <GuardedButton
                    size="small"
                    deniedReason={deniedReason}
                    aria-label={t('environments.editNamed', {
                      name: environment.name,
                    })}
                    onClick={() => onEdit(environment)}
                  >
                    {t('registry.edit')}
                  </GuardedButton>
                  <GuardedButton
                    size="small"
                    deniedReason={deniedReason}
                    aria-label={t('environments.deleteNamed', {
                      name: environment.name,
                    })}
                    onClick={() => onDelete(environment)}
                  >
                    {shared('action.delete')}
                  </GuardedButton>
                </div>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function Protections({ protection }: { protection: Protection }) {
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const words = useProtectionWords()(protection);
  return words.length === 0 ? (
    <>{t('environments.unprotected')}</>
  ) : (
    <ul className={classes.list}>
      {words.map(word => (
        <li key={word}>{word}</li>
      ))}
    </ul>
  );
}
