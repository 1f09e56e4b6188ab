import Button from '@material-ui/core/Button';
import Link from '@material-ui/core/Link';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { ChangedSettings } from '@slipway/backstage-plugin-image-registry-common';
import {
  DiffList,
  ErrorPanel,
  ReasonText,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../../translation';
import { SettingsOutcome } from './useSettingsForm';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'stretch',
    gap: theme.spacing(2),
    minWidth: 0,
  },
  problems: { margin: 0, paddingLeft: theme.spacing(2) },
}));

interface ChangedSettingsViewProps {
  outcome: SettingsOutcome;
  /** The form was changed since. */
  stale: boolean;
  onShowField(path: string): void;
  onReload(): void;
}

/** What would change, field by field, or what stands against it. */
export function ChangedSettingsView(props: ChangedSettingsViewProps) {
  const { outcome, stale, onShowField, onReload } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { answer, error } = outcome;
  if (error) {
    return (
      <div className={classes.root}>
        <ErrorPanel error={error} title={t('edit.failed')} />
        <div>
          <Button variant="outlined" onClick={onReload}>
            {t('edit.reload')}
          </Button>
        </div>
      </div>
    );
  }
  if (!answer) {
    return null;
  }
  const { changes, problems, warnings } = answer;
  return (
    <div className={classes.root} aria-live="polite">
      {stale && <Alert severity="info">{t('edit.stale')}</Alert>}
      <Verdict outcome={answer.outcome} />
      {problems.length > 0 && (
        <ul className={classes.problems}>
          {problems.map(({ path, reason }) => (
            <li key={`${path} ${reason.message}`}>
              <ReasonText reason={reason} />{' '}
              {path && (
                <Link
                  component="button"
                  type="button"
                  variant="body2"
                  onClick={() => onShowField(path)}
                >
                  {t('create.showField')}
                </Link>
              )}
            </li>
          ))}
        </ul>
      )}
      {changes.length > 0 && (
        <DiffList
          changes={changes.map(({ kind, path, from, to }) => ({
            path: `${kind}: ${path}`,
            from,
            to,
          }))}
          owners={[]}
        />
      )}
      {warnings.map(warning => (
        <Typography key={warning} variant="body2" color="textSecondary">
          {t('edit.warning', { warning })}
        </Typography>
      ))}
    </div>
  );
}

function Verdict({ outcome }: Pick<ChangedSettings, 'outcome'>) {
  const t = useTranslate(imageRegistryPageTranslationRef);
  switch (outcome) {
    case 'refused':
      return <Alert severity="error">{t('edit.refused')}</Alert>;
    case 'partial':
      return <Alert severity="warning">{t('edit.partial')}</Alert>;
    case 'unchanged':
      return <Alert severity="info">{t('edit.unchanged')}</Alert>;
    default:
      return (
        <Alert severity="success">
          {`${t('edit.planned')} ${t('edit.restarts')}`}
        </Alert>
      );
  }
}
