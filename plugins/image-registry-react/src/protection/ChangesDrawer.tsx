import { ReactNode, useId } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Rollout } from '@slipway/backstage-plugin-image-registry-common';
import {
  DetailsDrawer,
  DiffList,
  DigestText,
  ErrorPanel,
  Facts,
  FromTo,
  Person,
  personName,
  RowsSkeleton,
  SectionTitle,
  TimeAgo,
} from '../components';
import { useImageRegistryQuery } from '../hooks';
import { imageRegistryTranslationRef, useTranslate } from '../translation';
import { CommitChanges } from './CommitChanges';
import { ImageFindings } from './ImageFindings';
import { useImageChanges } from './useImageChanges';

const useStyles = makeStyles(theme => ({
  part: { marginTop: theme.spacing(3) },
}));

/**
 * What an approver looks at: the commits between what runs and what shall run,
 * scan, signature, and the change of the workload.
 *
 * @public
 */
export function ChangesDrawer(props: {
  rollout: Rollout;
  /** How it can be answered. */
  children?: ReactNode;
  onClose(): void;
}) {
  const { rollout, children, onClose } = props;
  const classes = useStyles();
  const titleId = useId();
  const t = useTranslate(imageRegistryTranslationRef);
  const changes = useImageChanges(rollout);
  const { environment, target, image, approval, note } = rollout;
  const running = changes.value?.running;
  return (
    <DetailsDrawer
      open
      titleId={titleId}
      title={t('changes.title', { component: personName(rollout.entityRef) })}
      subtitle={
        <FromTo
          rollout={{
            image,
            previous:
              rollout.previous ??
              (running && {
                repository: running.repository ?? image.repository,
                tag: running.tag,
                digest: running.digest,
                reference: running.image,
              }),
          }}
        />
      }
      onClose={onClose}
    >
      <Facts
        facts={[
          [
            t('changes.where'),
            [environment, target.cluster, target.namespace, target.name]
              .filter(Boolean)
              .join(' · '),
          ],
          [
            t('changes.digest'),
            image.digest && <DigestText digest={image.digest} />,
          ],
          [
            t('changes.askedBy'),
            <Person key="author" entityRef={rollout.author} />,
          ],
          [t('changes.note'), note],
          [
            t('changes.deadline'),
            approval && <TimeAgo time={approval.deadlineAt} />,
          ],
        ]}
      />
      {children && <div className={classes.part}>{children}</div>}
      {changes.error && (
        <ErrorPanel
          error={changes.error}
          title={t('changes.loadFailed')}
          onRetry={changes.refetch}
        />
      )}
      {changes.value?.comparison && (
        <div className={classes.part}>
          <CommitChanges comparison={changes.value.comparison} />
        </div>
      )}
      {changes.loading && <RowsSkeleton rows={4} />}
      <div className={classes.part}>
        <ImageFindings rollout={rollout} />
      </div>
      <div className={classes.part}>
        <WorkloadChange rollout={rollout} />
      </div>
    </DetailsDrawer>
  );
}

function WorkloadChange({ rollout }: { rollout: Rollout }) {
  const t = useTranslate(imageRegistryTranslationRef);
  const { entityRef, target, image } = rollout;
  const { registryId, repository, tag, digest } = image;
  const { value, error, refetch } = useImageRegistryQuery(
    (api, signal) =>
      api.previewRollout(
        {
          entityRef,
          target,
          image: { registryId: registryId ?? '', repository, tag, digest },
        },
        { signal },
      ),
    [rollout.id, digest],
    { enabled: registryId !== undefined },
  );
  if (!registryId) {
    return null;
  }
  return (
    <section>
      <SectionTitle>{t('changes.diff')}</SectionTitle>
      {error && (
        <ErrorPanel
          error={error}
          title={t('changes.diffFailed')}
          onRetry={refetch}
        />
      )}
      {!value && !error && <RowsSkeleton rows={2} />}
      {value?.unchanged && (
        <Typography variant="body2">{t('changes.unchanged')}</Typography>
      )}
      {value && !value.unchanged && (
        <DiffList
          changes={value.changes}
          owners={value.conflicts}
          conflicts={value.fieldConflicts}
        />
      )}
    </section>
  );
}
