import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Grid from '@material-ui/core/Grid';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { PersonName } from './chosenPerson';
import { PersonCard } from './PersonCard';
import { appTranslationRef } from '../translations/translation';

const useStyles = makeStyles(theme => ({
  people: { padding: 0, marginBottom: theme.spacing(1) },
}));

/** The four people, with what each may do. */
export function PeopleCards(props: { onChoose(name: PersonName): void }) {
  const classes = useStyles();
  const { t } = useTranslationRef(appTranslationRef);
  return (
    <>
      <Typography variant="h2" component="h1" gutterBottom>
        {t('people.title')}
      </Typography>
      <Typography paragraph>{t('people.description')}</Typography>
      <Grid
        container
        spacing={3}
        component="ul"
        aria-label={t('people.label')}
        className={classes.people}
      >
        <PersonCard
          name="admin"
          displayName="Ada Admin"
          role={t('people.admin.role')}
          may={[t('people.admin.registries'), t('people.admin.everything')]}
          onChoose={props.onChoose}
        />
        <PersonCard
          name="owner"
          displayName="Olivia Owner"
          role={t('people.owner.role')}
          may={[t('people.owner.deploy'), t('people.owner.policies')]}
          mayNot={[t('people.owner.registries')]}
          onChoose={props.onChoose}
        />
        <PersonCard
          name="owner2"
          displayName="Otto Owner"
          role={t('people.owner2.role')}
          may={[t('people.owner2.same'), t('people.owner2.second')]}
          mayNot={[t('people.owner.registries')]}
          onChoose={props.onChoose}
        />
        <PersonCard
          name="outsider"
          displayName="Oscar Outsider"
          role={t('people.outsider.role')}
          may={[t('people.outsider.read')]}
          mayNot={[t('people.outsider.deploy')]}
          onChoose={props.onChoose}
        />
      </Grid>
      <Typography variant="body2" color="textSecondary">
        {t('people.remembered')}
      </Typography>
    </>
  );
}
