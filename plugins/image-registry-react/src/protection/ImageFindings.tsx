import { makeStyles } from '@material-ui/core/styles';
import SignedIcon from '@material-ui/icons/VerifiedUser';
import UnsignedIcon from '@material-ui/icons/RemoveCircleOutline';
import Alert from '@material-ui/lab/Alert';
import { Rollout } from '@slipway/backstage-plugin-image-registry-common';
import {
  ErrorPanel,
  Facts,
  RowsSkeleton,
  ScanLabel,
  SectionTitle,
  StateLabel,
} from '../components';
import { useImageRegistryQuery } from '../hooks';
import { imageRegistryTranslationRef, useTranslate } from '../translation';

const useStyles = makeStyles(theme => ({
  problem: { marginTop: theme.spacing(1) },
}));

/**
 * What the registry says of a rollout's image: scan and signatures. It is read
 * apart from the commits, so that a slow scanner does not hold them up.
 */
export function ImageFindings({ rollout }: { rollout: Rollout }) {
  const classes = useStyles();
  const t = useTranslate(imageRegistryTranslationRef);
  const { entityRef, image } = rollout;
  const { registryId, repository, digest } = image;
  const { value, error, refetch } = useImageRegistryQuery(
    (api, signal) =>
      api.getImageFindings(
        registryId!,
        { repository, digest: digest!, entityRef },
        { signal },
      ),
    [registryId, repository, digest, entityRef],
    { enabled: registryId !== undefined && digest !== undefined },
  );
  if (!registryId || !digest) {
    return null;
  }
  return (
    <section>
      <SectionTitle>{t('changes.image')}</SectionTitle>
      {error && (
        <ErrorPanel
          error={error}
          title={t('changes.imageFailed')}
          onRetry={refetch}
        />
      )}
      {!value && !error && <RowsSkeleton rows={2} />}
      {value && (
        <Facts
          facts={[
            [
              t('changes.scan'),
              value.scan ? (
                <ScanLabel scan={value.scan} />
              ) : (
                t('changes.scanUnknown')
              ),
            ],
            [
              t('changes.signed'),
              <Signatures key="signed" kinds={value.signatures} />,
            ],
          ]}
        />
      )}
      {value?.problems.map(problem => (
        <Alert key={problem} severity="info" className={classes.problem}>
          {problem}
        </Alert>
      ))}
    </section>
  );
}

function Signatures({ kinds }: { kinds?: string[] }) {
  const t = useTranslate(imageRegistryTranslationRef);
  if (!kinds) {
    return <>{t('changes.signatureUnknown')}</>;
  }
  return kinds.length > 0 ? (
    <StateLabel icon={SignedIcon} tone="ok">
      {kinds.join(', ')}
    </StateLabel>
  ) : (
    <StateLabel icon={UnsignedIcon} tone="warning">
      {t('changes.unsigned')}
    </StateLabel>
  );
}
