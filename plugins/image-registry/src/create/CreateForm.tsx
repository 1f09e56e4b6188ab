import { FormEvent, useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import {
  Cluster,
  Environment,
  Registry,
  WorkloadCreationRecord,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  GuardedButton,
  SectionTitle,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { Panel } from '../page/Panel';
import { imageRegistryPageTranslationRef } from '../translation';
import { ComponentSection } from './ComponentSection';
import { FoldedSections } from './FoldedSections';
import { FormProvider } from './FormContext';
import { ImageSection } from './ImageSection';
import { Made } from './Made';
import { ObjectList } from './ObjectList';
import { optionOf, placeOptions } from './placeOptions';
import { placeKey, PlaceSection } from './PlaceSection';
import { Preview } from './Preview';
import { useWorkloadForm, WorkloadForm } from './useWorkloadForm';
import { WorkloadDraft } from './WorkloadDraft';

const useStyles = makeStyles(theme => ({
  form: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    maxWidth: 1100,
    minWidth: 0,
  },
  fields: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    minWidth: 0,
    '& > h2': { marginBottom: 0 },
  },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
}));

export interface CreateFormProps {
  start: WorkloadDraft;
  environments: Environment[];
  clusters: Cluster[];
  registries: Registry[];
  /** A component of the catalog that is given a workload. */
  component?: string;
  /** What stopped half-way and is gone on with. */
  earlier?: WorkloadCreationRecord;
  /** Why it may not be made, and whom to ask. */
  deniedReason?: string;
}

/** The form, its preview and its buttons. */
export function CreateForm(props: CreateFormProps) {
  const { start, component, earlier, deniedReason } = props;
  const classes = useStyles();
  const filling = useWorkloadForm(start, component);
  const { form, maker } = filling;
  const { outcome } = maker;
  const existed = component !== undefined;

  if (outcome?.answer?.outcome === 'created') {
    return <Made answer={outcome.answer} existed={existed} />;
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // Enter in a field shows what would be made, and makes nothing.
    filling.preview();
  };
  return (
    <FormProvider value={form}>
      <form className={classes.form} onSubmit={submit} noValidate>
        {earlier && !outcome && <HalfMade earlier={earlier} />}
        <Panel>
          <MainFields {...props} filling={filling} />
        </Panel>
        <FoldedSections
          open={filling.open}
          onToggle={filling.toggle}
          problems={filling.problems}
          image={filling.details.value}
        />
        <Buttons filling={filling} deniedReason={deniedReason} />
        {outcome && (
          <Panel>
            <Preview
              outcome={outcome}
              stale={outcome.draft !== form.draft}
              existed={existed}
              onShowField={filling.showField}
            />
          </Panel>
        )}
      </form>
    </FormProvider>
  );
}

/** Image, component and place: what nobody can leave out. */
function MainFields(props: CreateFormProps & { filling: WorkloadForm }) {
  const { start, environments, clusters, registries, filling } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const [place, setPlace] = useState(() => {
    const option = optionOf(placeOptions(environments), start);
    return option ? placeKey(option.environment.id, option.cluster) : '';
  });
  return (
    <div className={classes.fields}>
      <SectionTitle component="h2">{t('create.section.image')}</SectionTitle>
      <ImageSection
        registries={registries}
        details={filling.details}
        onPick={filling.pick}
      />
      <SectionTitle component="h2">
        {t('create.section.component')}
      </SectionTitle>
      <ComponentSection />
      <SectionTitle component="h2">{t('create.section.place')}</SectionTitle>
      <PlaceSection
        environments={environments}
        clusters={clusters}
        chosen={place}
        onChoose={setPlace}
      />
    </div>
  );
}

function Buttons(props: { filling: WorkloadForm; deniedReason?: string }) {
  const { filling, deniedReason } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { busy } = filling.maker;
  const make = filling.form.resuming ? t('create.resume') : t('create.create');
  return (
    <div className={classes.buttons}>
      <Button
        type="submit"
        variant="outlined"
        color="primary"
        disabled={busy !== undefined}
      >
        {busy === 'preview' ? t('create.previewing') : t('create.preview')}
      </Button>
      <GuardedButton
        variant="contained"
        color="primary"
        deniedReason={deniedReason}
        disabled={busy !== undefined}
        onClick={filling.create}
      >
        {busy === 'create' ? t('create.creating') : make}
      </GuardedButton>
    </div>
  );
}

function HalfMade({ earlier }: { earlier: WorkloadCreationRecord }) {
  const t = useTranslate(imageRegistryPageTranslationRef);
  return (
    <Alert severity="warning">
      <AlertTitle>{t('create.partial')}</AlertTitle>
      {t('create.partialHelper')}
      <ObjectList objects={earlier.objects} />
    </Alert>
  );
}
