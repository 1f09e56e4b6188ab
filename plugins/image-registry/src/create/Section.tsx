import { ReactNode, useId } from 'react';
import Accordion from '@material-ui/core/Accordion';
import AccordionDetails from '@material-ui/core/AccordionDetails';
import AccordionSummary from '@material-ui/core/AccordionSummary';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import ErrorIcon from '@material-ui/icons/Error';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import {
  StateLabel,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';

const useStyles = makeStyles(theme => ({
  heading: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0, 2),
    alignItems: 'center',
    minWidth: 0,
  },
  fields: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    width: '100%',
    minWidth: 0,
  },
}));

interface SectionProps {
  title: string;
  /** What is in it, for when it is folded. */
  summary?: ReactNode;
  open: boolean;
  onToggle(open: boolean): void;
  /** How many of its fields are wrong. */
  problems: number;
  children: ReactNode;
}

/** A part of the form that can be folded, and says when something is wrong. */
export function Section(props: SectionProps) {
  const { title, summary, open, onToggle, problems, children } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const id = useId();
  return (
    <Accordion
      variant="outlined"
      expanded={open}
      onChange={(_, expanded) => onToggle(expanded)}
      TransitionProps={{ unmountOnExit: true }}
    >
      <AccordionSummary
        expandIcon={<ExpandMoreIcon />}
        id={`${id}-head`}
        aria-controls={`${id}-content`}
      >
        <div className={classes.heading}>
          <Typography variant="subtitle1" component="h2">
            {title}
          </Typography>
          {problems > 0 ? (
            <StateLabel icon={ErrorIcon} tone="error">
              {t('create.problems', { total: String(problems) })}
            </StateLabel>
          ) : (
            <Typography variant="body2" color="textSecondary">
              {summary}
            </Typography>
          )}
        </div>
      </AccordionSummary>
      <AccordionDetails>
        <div className={classes.fields}>{children}</div>
      </AccordionDetails>
    </Accordion>
  );
}
