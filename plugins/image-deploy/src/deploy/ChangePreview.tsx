import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import {
  FieldOwner,
  RolloutDiff,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  DiffList,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageDeployTranslationRef } from '../translation';

/** What the cluster would change, whose it is, or what it refuses. */
export function ChangePreview(props: {
  diff: RolloutDiff;
  /** Of the image now, where nobody would be overridden. */
  owners: FieldOwner[];
}) {
  const { diff, owners } = props;
  const { changes, conflicts, fieldConflicts, refusal, unchanged } = diff;
  const t = useTranslate(imageDeployTranslationRef);
  if (refusal) {
    return <Refusal refusal={refusal} />;
  }
  return (
    <>
      {unchanged ? (
        <Alert severity="info">{t('deploy.unchanged')}</Alert>
      ) : (
        <DiffList
          changes={changes}
          owners={conflicts.length > 0 ? conflicts : owners}
          conflicts={fieldConflicts}
        />
      )}
      {diff.warnings?.map(warning => (
        <Typography key={warning} variant="body2" color="textSecondary">
          {t('preview.clusterSays', { warning })}
        </Typography>
      ))}
    </>
  );
}

/** The cluster's own words, each at the field that it names. */
function Refusal(props: { refusal: NonNullable<RolloutDiff['refusal']> }) {
  const { message, fields } = props.refusal;
  const t = useTranslate(imageDeployTranslationRef);
  const named = fields.filter(({ field }) => field !== undefined);
  return (
    <Alert severity="error">
      <Typography variant="body2">{t('preview.refused')}</Typography>
      {named.length > 0 ? (
        <dl style={{ margin: 0, overflowWrap: 'anywhere' }}>
          {named.map(each => (
            <div key={`${each.field} ${each.message}`}>
              <dt>
                <code>{each.field}</code>
              </dt>
              <dd>{each.message}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <Typography variant="body2" style={{ overflowWrap: 'anywhere' }}>
          {message}
        </Typography>
      )}
    </Alert>
  );
}
