import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { SectionTitle } from '@slipway/backstage-plugin-image-registry-react';

const useStyles = makeStyles(theme => ({
  root: { '& + &': { marginTop: theme.spacing(3) } },
  fields: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
  },
}));

/** A step of the dialog with its heading. */
export function FormSection(props: { title: string; children: ReactNode }) {
  const classes = useStyles();
  return (
    <section className={classes.root}>
      <SectionTitle>{props.title}</SectionTitle>
      <div className={classes.fields}>{props.children}</div>
    </section>
  );
}
