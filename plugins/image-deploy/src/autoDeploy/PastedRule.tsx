import { useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import {
  RuleTranslation,
  TagRule,
  translatePasted,
  UntranslatableError,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ReasonText,
  useReasonText,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageDeployTranslationRef } from '../translation';
import { useRuleWords } from './useRuleWords';

const useStyles = makeStyles(theme => ({
  found: { marginTop: theme.spacing(1), overflowWrap: 'anywhere' },
  notes: { margin: theme.spacing(0.5, 0), paddingLeft: theme.spacing(2.5) },
}));

/** Reads what was pasted from another tool, and offers it as a rule. */
export function PastedRule(props: {
  runningTag?: string;
  onUse(rule: TagRule): void;
}) {
  const t = useTranslate(imageDeployTranslationRef);
  const reasonText = useReasonText();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  if (!open) {
    return (
      <Button size="small" onClick={() => setOpen(true)}>
        {t('paste.open')}
      </Button>
    );
  }
  const { translations, problem } = read(text, props.runningTag);
  return (
    <div>
      <TextField
        id="image-deploy-pasted-rule"
        label={t('paste.text')}
        value={text}
        onChange={event => setText(event.target.value)}
        error={problem !== undefined}
        helperText={problem ? reasonText(problem.reason) : t('paste.help')}
        inputProps={{ spellCheck: false, style: { fontFamily: 'monospace' } }}
        variant="outlined"
        margin="dense"
        multiline
        minRows={4}
        maxRows={12}
        fullWidth
      />
      <div aria-live="polite">
        {translations.map((translation, index) => (
          <Found
            key={index}
            translation={translation}
            onUse={rule => {
              setOpen(false);
              setText('');
              props.onUse(rule);
            }}
          />
        ))}
      </div>
    </div>
  );
}

function Found(props: {
  translation: RuleTranslation;
  onUse(rule: TagRule): void;
}) {
  const { rule, subject, image, notes } = props.translation;
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const ruleWords = useRuleWords();
  const about = [subject, image].filter(Boolean).join(' · ');
  return (
    <Alert
      severity={rule ? 'info' : 'warning'}
      className={classes.found}
      action={
        rule && (
          <Button
            size="small"
            color="inherit"
            onClick={() => props.onUse(rule)}
          >
            {t('paste.use')}
          </Button>
        )
      }
    >
      <Typography variant="body2">
        {[about, rule ? ruleWords(rule) : t('paste.noRule')]
          .filter(Boolean)
          .join(': ')}
      </Typography>
      <ul className={classes.notes}>
        {notes.map((note, index) => (
          <li key={index}>
            <ReasonText reason={note} />
          </li>
        ))}
      </ul>
    </Alert>
  );
}

function read(
  text: string,
  runningTag: string | undefined,
): { translations: RuleTranslation[]; problem?: UntranslatableError } {
  if (text.trim() === '') {
    return { translations: [] };
  }
  try {
    return translatePasted(text, { runningTag });
  } catch (error) {
    if (error instanceof UntranslatableError) {
      return { translations: [], problem: error };
    }
    throw error;
  }
}
