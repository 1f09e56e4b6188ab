import { makeStyles } from '@material-ui/core/styles';
import { ReactNode } from 'react';
import { LanguageSwitch } from './LanguageSwitch';

const useStyles = makeStyles(theme => ({
  root: {
    minHeight: '100vh',
    background: theme.palette.background.default,
    color: theme.palette.text.primary,
    padding: theme.spacing(3),
  },
  top: { display: 'flex', justifyContent: 'flex-end' },
  content: { maxWidth: 1120, margin: '0 auto', paddingTop: theme.spacing(4) },
}));

/** The frame of every sign-in page: its content and the choice of language. */
export function SignInLayout(props: { children: ReactNode }) {
  const classes = useStyles();
  return (
    <main className={classes.root}>
      <div className={classes.top}>
        <LanguageSwitch />
      </div>
      <div className={classes.content}>{props.children}</div>
    </main>
  );
}
