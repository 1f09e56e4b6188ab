import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import DoneIcon from '@material-ui/icons/CheckCircle';
import FailedIcon from '@material-ui/icons/Error';
import SkippedIcon from '@material-ui/icons/RemoveCircleOutline';
import { CheckStep } from '@slipway/backstage-plugin-image-registry-common';
import {
  StateLabel,
  StateTone,
  useLanguage,
  useReasonText,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { isCheckCode } from './checkCodes';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  step: {
    padding: theme.spacing(0.5, 0),
    animation: '$appear 200ms both',
    '@media (prefers-reduced-motion: reduce)': { animation: 'none' },
  },
  '@keyframes appear': { from: { opacity: 0 }, to: { opacity: 1 } },
  hint: { marginLeft: theme.spacing(3), overflowWrap: 'anywhere' },
}));

/** The steps of a connection check with their outcome, one below the other. */
export function CheckSteps({ steps }: { steps: CheckStep[] }) {
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const language = useLanguage();
  const reasonText = useReasonText();
  return (
    <ul className={classes.list}>
      {steps.map((step, index) => {
        const { icon, tone } = look(step);
        return (
          <li
            key={step.name}
            className={classes.step}
            style={{ animationDelay: `${index * 120}ms` }}
          >
            <Typography variant="body2" component="div">
              <StateLabel icon={icon} tone={tone}>
                {stepText(step)}
              </StateLabel>
            </Typography>
            {remedy(step) && (
              <Typography
                variant="body2"
                color="textSecondary"
                className={classes.hint}
              >
                {remedy(step)}
              </Typography>
            )}
            {told(step) && (
              <Typography
                variant="body2"
                color="textSecondary"
                className={classes.hint}
              >
                {told(step)}
              </Typography>
            )}
            {hint(step) && (
              <Typography
                variant="body2"
                color="textSecondary"
                className={classes.hint}
              >
                {hint(step)}
              </Typography>
            )}
          </li>
        );
      })}
    </ul>
  );

  function stepText(step: CheckStep): string {
    const name = t(`check.step.${step.name}`);
    const said = step.reason ? reasonText(step.reason) : step.message;
    const sentence = translated(step) ?? said;
    if (step.skipped) {
      return sentence ? `${name}: ${sentence}` : t('check.skipped', { name });
    }
    const duration = `${Math.round(step.durationMs)} ms`;
    return sentence
      ? `${name}: ${sentence} (${duration})`
      : `${name} (${duration})`;
  }

  /** What a code says, in a language that the backend does not speak. */
  function translated({ code }: CheckStep): string | undefined {
    return code && language !== 'en' && isCheckCode(code)
      ? t(`check.code.${code}`)
      : undefined;
  }

  /** What to do, where nothing better is said, or only in another language. */
  function remedy(step: CheckStep): string | undefined {
    const { code, hint: said, remedy: advice } = step;
    return code && isCheckCode(code) && !advice && (translated(step) || !said)
      ? t(`check.remedy.${code}`)
      : undefined;
  }

  /** What to do about this very failure. */
  function hint(step: CheckStep): string | undefined {
    return step.remedy ? reasonText(step.remedy) : step.hint;
  }

  /** The registry's own words, below their translation. */
  function told(step: CheckStep): string | undefined {
    return translated(step) && step.message;
  }
}

function look(step: CheckStep): { icon: typeof DoneIcon; tone: StateTone } {
  if (step.skipped) {
    return { icon: SkippedIcon, tone: 'neutral' };
  }
  return step.ok
    ? { icon: DoneIcon, tone: 'ok' }
    : { icon: FailedIcon, tone: 'error' };
}
