import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Avatar from '@material-ui/core/Avatar';
import Button from '@material-ui/core/Button';
import Card from '@material-ui/core/Card';
import CardActions from '@material-ui/core/CardActions';
import CardContent from '@material-ui/core/CardContent';
import CardHeader from '@material-ui/core/CardHeader';
import Grid from '@material-ui/core/Grid';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CheckIcon from '@material-ui/icons/Check';
import CloseIcon from '@material-ui/icons/Close';
import type { PersonName } from './chosenPerson';
import { appTranslationRef } from '../translations/translation';

const useStyles = makeStyles(theme => ({
  item: { display: 'flex', listStyle: 'none' },
  card: { display: 'flex', flexDirection: 'column', width: '100%' },
  header: { alignItems: 'flex-start' },
  content: { flexGrow: 1, paddingTop: theme.spacing(1) },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  line: {
    display: 'flex',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(1),
  },
  actions: { padding: theme.spacing(2), paddingTop: 0 },
  initials: {
    background: theme.palette.primary.main,
    color: theme.palette.primary.contrastText,
  },
}));

function Line(props: { allowed: boolean; text: string }) {
  const classes = useStyles();
  const { t } = useTranslationRef(appTranslationRef);
  const Icon = props.allowed ? CheckIcon : CloseIcon;
  return (
    <Typography component="li" variant="body2" className={classes.line}>
      <Icon
        fontSize="small"
        color={props.allowed ? 'primary' : 'disabled'}
        titleAccess={t(props.allowed ? 'people.may' : 'people.mayNot')}
      />
      <span>{props.text}</span>
    </Typography>
  );
}

/** One person: who it is, what it may do, and a button to become it. */
export function PersonCard(props: {
  name: PersonName;
  displayName: string;
  role: string;
  may: string[];
  mayNot?: string[];
  onChoose(name: PersonName): void;
}) {
  const classes = useStyles();
  const { t } = useTranslationRef(appTranslationRef);
  const initials = props.displayName
    .split(' ')
    .map(word => word[0])
    .join('');
  return (
    <Grid item xs={12} sm={6} md={3} component="li" className={classes.item}>
      <Card className={classes.card} variant="outlined">
        <CardHeader
          className={classes.header}
          avatar={
            <Avatar className={classes.initials} aria-hidden>
              {initials}
            </Avatar>
          }
          title={props.displayName}
          titleTypographyProps={{ variant: 'subtitle1', component: 'h2' }}
          subheader={props.role}
          subheaderTypographyProps={{ variant: 'body2' }}
        />
        <CardContent className={classes.content}>
          <ul className={classes.list}>
            {props.may.map(text => (
              <Line key={text} allowed text={text} />
            ))}
            {props.mayNot?.map(text => (
              <Line key={text} allowed={false} text={text} />
            ))}
          </ul>
        </CardContent>
        <CardActions className={classes.actions}>
          <Button
            fullWidth
            variant="contained"
            color="primary"
            onClick={() => props.onChoose(props.name)}
          >
            {t('people.signInAs', { name: props.displayName })}
          </Button>
        </CardActions>
      </Card>
    </Grid>
  );
}
