import { useId, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import LinearProgress from '@material-ui/core/LinearProgress';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import OkIcon from '@material-ui/icons/CheckCircle';
import BadIcon from '@material-ui/icons/Error';
import WaitingIcon from '@material-ui/icons/RadioButtonUnchecked';
import {
  Environment,
  EnvironmentReview,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  imageRegistryApiRef,
  imageRegistryTranslationRef,
  StateLabel,
  useErrorText,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { withoutSecret } from './ReviewCells';

/** Pods that name no service account run as this one. */
const SERVICE_ACCOUNT = 'default';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: theme.spacing(1, 0), padding: 0 },
  place: { padding: theme.spacing(0.5, 0), overflowWrap: 'anywhere' },
}));

interface FixPullSecretsDialogProps {
  environment: Environment;
  review: EnvironmentReview;
  /** Name of the registry whose login is put there. */
  registryName: string;
  onClose(): void;
  /** Something was written. */
  onChanged(): void;
}

/** What came of one namespace: nothing yet, done, or why not. */
type Result = { ok: boolean; message?: string };

/**
 * Puts the registry's login into each namespace that lacks it, one after the
 * other, so that the progress shows and one refusal does not stop the rest.
 */
export function FixPullSecretsDialog(props: FixPullSecretsDialogProps) {
  const { environment, review, registryName, onClose, onChanged } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const shared = useTranslate(imageRegistryTranslationRef);
  const api = useApi(imageRegistryApiRef);
  const titleId = useId();
  // The review is asked again meanwhile; the list stays as it was.
  const [places] = useState(() => withoutSecret(review));
  const [results, setResults] = useState<Record<string, Result>>({});
  const [busy, setBusy] = useState(false);
  const errorText = useErrorText();
  const keyOf = (place: { cluster: string; namespace: string }) =>
    `${place.cluster}/${place.namespace}`;
  const left = places.filter(place => !results[keyOf(place)]?.ok);
  const done = Object.keys(results).length;

  const fix = async () => {
    setBusy(true);
    setResults(before =>
      Object.fromEntries(Object.entries(before).filter(([, { ok }]) => ok)),
    );
    for (const place of left) {
      let result: Result;
      try {
        await api.keepPullSecret({
          ...place,
          registryId: review.registryId!,
          serviceAccount: SERVICE_ACCOUNT,
        });
        result = { ok: true };
      } catch (error) {
        result = { ok: false, message: errorText(error as Error) };
      }
      setResults(before => ({ ...before, [keyOf(place)]: result }));
    }
    setBusy(false);
    onChanged();
  };

  return (
    <Dialog
      open
      onClose={busy ? undefined : onClose}
      fullWidth
      maxWidth="sm"
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>
        {t('fix.title', { name: environment.name })}
      </DialogTitle>
      <DialogContent>
        <Typography variant="body2" paragraph>
          {t('fix.text', { registry: registryName })}
        </Typography>
        {busy && (
          <LinearProgress
            variant="determinate"
            value={(100 * done) / places.length}
            aria-label={t('fix.progress', {
              done: String(done),
              total: String(places.length),
            })}
          />
        )}
        <ul className={classes.list} aria-live="polite">
          {places.map(place => (
            <li key={keyOf(place)} className={classes.place}>
              <Outcome place={keyOf(place)} result={results[keyOf(place)]} />
            </li>
          ))}
        </ul>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={busy}>
          {left.length === 0 ? shared('action.close') : shared('action.cancel')}
        </Button>
        {left.length > 0 && (
          <Button
            variant="contained"
            color="primary"
            disabled={busy}
            onClick={fix}
          >
            {busy
              ? t('fix.progress', {
                  done: String(done),
                  total: String(places.length),
                })
              : t('fix.begin', { total: String(left.length) })}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

function Outcome({ place, result }: { place: string; result?: Result }) {
  if (!result) {
    return (
      <StateLabel icon={WaitingIcon} tone="neutral">
        {place}
      </StateLabel>
    );
  }
  return (
    <StateLabel
      icon={result.ok ? OkIcon : BadIcon}
      tone={result.ok ? 'ok' : 'error'}
    >
      {[place, result.message].filter(Boolean).join(': ')}
    </StateLabel>
  );
}
