import { FormEvent, useMemo, useState } from 'react';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
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
  useImageRegistryQuery,
  useReasonText,
} from '@slipway/backstage-plugin-image-registry-react';
import { Panel } from '../page/Panel';
import { useQueryParameters } from '../page/useQueryParameters';
import { imageRegistryPageTranslationRef } from '../translation';
import { ComponentSection } from './ComponentSection';
import { draftFromImage } from './draftFromImage';
import { FoldedSections } from './FoldedSections';
import { FormProvider } from './FormContext';
import { ImageSection } from './ImageSection';
import { Made } from './Made';
import { ObjectList } from './ObjectList';
import { optionOf, placeOptions } from './placeOptions';
import { placeKey, PlaceSection } from './PlaceSection';
import { fieldId } from './PlanField';
import { Preview } from './Preview';
import { readDraft } from './readDraft';
import { FoldedSection, sectionOf } from './sections';
import { useMaker } from './useMaker';
import { WorkloadDraft } from './WorkloadDraft';

/** How long a section takes to unfold, in ms. */
const UNFOLDING = 300;

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
  const { start, environments, clusters, registries } = props;
  const { component, earlier, deniedReason } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(imageRegistryPageTranslationRef);
  const reasonText = useReasonText();
  const query = useQueryParameters();
  const [draft, setDraft] = useState(start);
  const [filledFrom, setFilledFrom] = useState<string>();
  const [attempted, setAttempted] = useState(false);
  const [place, setPlace] = useState(() => {
    const option = optionOf(placeOptions(environments), start);
    return option ? placeKey(option.environment.id, option.cluster) : '';
  });
  const [open, setOpen] = useState<FoldedSection[]>(['resources', 'ports']);
  const resume = query.get('resume');
  const maker = useMaker(resume);

  const { image } = draft;
  const details = useImageRegistryQuery(
    (api, signal) =>
      api.getImage(
        image!.registryId,
        {
          repository: image!.repository,
          reference: image!.tag ?? image!.digest,
          entityRef: component,
        },
        { signal },
      ),
    [image?.registryId, image?.repository, image?.digest, component],
    { enabled: image !== undefined },
  );
  const wanted = image && `${image.registryId} ${image.repository}`;
  if (image && details.value && !details.loading && filledFrom !== wanted) {
    // Another tag of the same repository leaves what was typed.
    setFilledFrom(wanted);
    setDraft(draftFromImage(draft, image, details.value));
  }

  const { plan, problems } = useMemo(
    () => readDraft(draft, component),
    [draft, component],
  );
  const { outcome } = maker;
  const refusals =
    outcome?.draft === draft ? outcome.answer?.problems ?? [] : [];
  const shown = [
    ...problems.filter(
      ({ reason }) => attempted || reason.code !== 'value-required',
    ),
    ...refusals,
  ];
  const problemAt = (path: string) => {
    const problem = shown.find(each => each.path === path);
    return problem && reasonText(problem.reason);
  };
  const showField = (path: string) => {
    const section = sectionOf(path);
    const focus = () => document.getElementById(fieldId(path))?.focus();
    if (section && !open.includes(section)) {
      setOpen([...open, section]);
      setTimeout(focus, UNFOLDING);
    } else {
      focus();
    }
  };
  const ready = () => {
    setAttempted(true);
    if (!plan && problems[0]) {
      showField(problems[0].path);
    }
    return plan;
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const sound = ready();
    if (!sound || deniedReason) {
      return;
    }
    const answer = await maker.create(draft, sound);
    if (answer?.outcome === 'partial' && answer.id) {
      query.set({ resume: answer.id }, { replace: true });
    }
  };

  if (outcome?.answer?.outcome === 'created') {
    return <Made answer={outcome.answer} existed={component !== undefined} />;
  }
  return (
    <FormProvider
      value={{
        draft,
        change: changes => setDraft(before => ({ ...before, ...changes })),
        problemAt,
        component,
        resuming: resume !== undefined,
      }}
    >
      <form className={classes.form} onSubmit={submit} noValidate>
        {earlier && !outcome && <HalfMade earlier={earlier} />}
        <Panel>
          <div className={classes.fields}>
            <SectionTitle component="h2">
              {t('create.section.image')}
            </SectionTitle>
            <ImageSection
              registries={registries}
              details={details}
              onPick={picked => {
                setDraft(before => ({ ...before, image: picked }));
                query.set(
                  {
                    registry: picked.registryId,
                    repository: picked.repository,
                    tag: picked.tag,
                    digest: picked.digest,
                  },
                  { replace: true },
                );
              }}
            />
            <SectionTitle component="h2">
              {t('create.section.component')}
            </SectionTitle>
            <ComponentSection />
            <SectionTitle component="h2">
              {t('create.section.place')}
            </SectionTitle>
            <PlaceSection
              environments={environments}
              clusters={clusters}
              chosen={place}
              onChoose={setPlace}
            />
          </div>
        </Panel>
        <FoldedSections
          open={open}
          onToggle={(section, isOpen) =>
            setOpen(before =>
              isOpen
                ? [...before, section]
                : before.filter(each => each !== section),
            )
          }
          problems={shown}
          image={details.value}
        />
        {outcome && (
          <Panel>
            <Preview
              outcome={outcome}
              stale={outcome.draft !== draft}
              existed={component !== undefined}
              onShowField={showField}
            />
          </Panel>
        )}
        <div className={classes.buttons}>
          <Button
            variant="outlined"
            color="primary"
            disabled={maker.busy !== undefined}
            onClick={() => {
              const sound = ready();
              if (sound) {
                maker.preview(draft, sound);
              }
            }}
          >
            {maker.busy === 'preview'
              ? t('create.previewing')
              : t('create.preview')}
          </Button>
          <GuardedButton
            type="submit"
            variant="contained"
            color="primary"
            deniedReason={deniedReason}
            disabled={maker.busy !== undefined}
          >
            {buttonText()}
          </GuardedButton>
        </div>
      </form>
    </FormProvider>
  );

  function buttonText() {
    if (maker.busy === 'create') {
      return t('create.creating');
    }
    return resume ? t('create.resume') : t('create.create');
  }
}

function HalfMade({ earlier }: { earlier: WorkloadCreationRecord }) {
  const { t } = useTranslationRef(imageRegistryPageTranslationRef);
  return (
    <Alert severity="warning">
      <AlertTitle>{t('create.partial')}</AlertTitle>
      {t('create.partialHelper')}
      <ObjectList objects={earlier.objects} />
    </Alert>
  );
}
