import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  useLanguage,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageDeployTranslationRef } from '../translation';
import { deploysByDay, PastOfRule } from './deploysByDay';

/** Height of the strip, in CSS pixels. */
const HEIGHT = 28;

const useStyles = makeStyles(theme => ({
  text: { margin: theme.spacing(1, 0) },
  bars: {
    display: 'flex',
    alignItems: 'flex-end',
    gap: 2,
    height: HEIGHT,
    borderBottom: `1px solid ${theme.palette.divider}`,
    marginBottom: theme.spacing(1),
  },
  bar: {
    flex: 1,
    minWidth: 2,
    borderRadius: '2px 2px 0 0',
    backgroundColor: theme.palette.primary.main,
  },
}));

/** How often a rule would have deployed lately, in words and as a strip. */
export function PastDeploys({ past }: { past: PastOfRule }) {
  const classes = useStyles();
  const language = useLanguage();
  const t = useTranslate(imageDeployTranslationRef);
  const days = deploysByDay(past);
  const most = Math.max(1, ...days.map(({ deploys }) => deploys));
  const values = {
    days: String(days.length),
    changes: String(past.changes),
    deploys: String(past.deploys.length),
  };
  return (
    <>
      <Typography variant="body2" className={classes.text}>
        {past.deploys.length > 0
          ? t('past.title', values)
          : t('past.none', values)}
      </Typography>
      {past.deploys.length > 0 && (
        // The sentence says it, too.
        <div className={classes.bars} aria-hidden>
          {days.map(({ from, deploys }) => (
            <div
              key={from}
              className={classes.bar}
              style={{ height: Math.round((HEIGHT * deploys) / most) }}
              title={t('past.bar', {
                day: new Date(from).toLocaleDateString(language),
                deploys: String(deploys),
              })}
            />
          ))}
        </div>
      )}
    </>
  );
}
