import { useMemo, useState } from 'react';
import {
  FieldProblem,
  ImageDetails,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ImageRegistryQuery,
  PickedImage,
  useImageRegistryQuery,
  useReasonText,
} from '@slipway/backstage-plugin-image-registry-react';
import { useQueryParameters } from '../page/useQueryParameters';
import { draftFromImage } from './draftFromImage';
import { Form } from './FormContext';
import { fieldId } from './PlanField';
import { readDraft } from './readDraft';
import { FoldedSection, sectionOf } from './sections';
import { Maker, useMaker } from './useMaker';
import { WorkloadDraft } from './WorkloadDraft';

/** How long a section takes to unfold, in ms. */
const UNFOLDING = 300;

/** The form while somebody fills it in. */
export interface WorkloadForm {
  /** What its sections share. */
  form: Form;
  maker: Maker;
  /** The chosen image as its registry tells it. */
  details: ImageRegistryQuery<ImageDetails>;
  /** What is wrong, as far as it is shown already. */
  problems: readonly FieldProblem[];
  /** Sections that are unfolded. */
  open: readonly FoldedSection[];
  toggle(section: FoldedSection, isOpen: boolean): void;
  pick(image: PickedImage): void;
  /** Unfolds the section of a field and goes to it. */
  showField(path: string): void;
  preview(): Promise<void>;
  create(): Promise<void>;
}

/**
 * Keeps what is typed, fills it in from the image, and says what stands
 * against it.
 *
 * @param component - one of the catalog that is given a workload
 */
export function useWorkloadForm(
  start: WorkloadDraft,
  component: string | undefined,
): WorkloadForm {
  const query = useQueryParameters();
  const reasonText = useReasonText();
  const [draft, setDraft] = useState(start);
  const [attempted, setAttempted] = useState(false);
  const [open, setOpen] = useState<FoldedSection[]>(['resources', 'ports']);
  const resume = query.get('resume');
  const maker = useMaker(resume);
  const details = useFilledIn(draft, setDraft, component);
  const { plan, problems } = useMemo(
    () => readDraft(draft, component),
    [draft, component],
  );
  const { outcome } = maker;
  const shown = [
    // What is only missing is no reproach before somebody says to be done.
    ...problems.filter(
      ({ reason }) => attempted || reason.code !== 'value-required',
    ),
    ...(outcome?.draft === draft ? outcome.answer?.problems ?? [] : []),
  ];
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
  /** The plan when nothing is wrong; else goes to what is. */
  const soundPlan = () => {
    setAttempted(true);
    if (problems[0]) {
      showField(problems[0].path);
    }
    return plan;
  };

  return {
    form: {
      draft,
      change: changes => setDraft(before => ({ ...before, ...changes })),
      problemAt(path) {
        const problem = shown.find(each => each.path === path);
        return problem && reasonText(problem.reason);
      },
      component,
      resuming: resume !== undefined,
    },
    maker,
    details,
    problems: shown,
    open,
    toggle: (section, isOpen) =>
      setOpen(before =>
        isOpen ? [...before, section] : before.filter(each => each !== section),
      ),
    pick(image) {
      const { registryId, repository, tag, digest } = image;
      setDraft(before => ({ ...before, image }));
      query.set(
        { registry: registryId, repository, tag, digest },
        { replace: true },
      );
    },
    showField,
    async preview() {
      const sound = soundPlan();
      if (sound) {
        await maker.preview(draft, sound);
      }
    },
    async create() {
      const sound = soundPlan();
      const answer = sound && (await maker.create(draft, sound));
      if (answer?.outcome === 'partial' && answer.id) {
        query.set({ resume: answer.id }, { replace: true });
      }
    },
  };
}

/** Reads the chosen image, and fills the form in from it once. */
function useFilledIn(
  draft: WorkloadDraft,
  setDraft: (draft: WorkloadDraft) => void,
  component: string | undefined,
): ImageRegistryQuery<ImageDetails> {
  const { image } = draft;
  const [filledFrom, setFilledFrom] = useState<string>();
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
  const repository = image && `${image.registryId} ${image.repository}`;
  if (
    image &&
    details.value &&
    !details.loading &&
    // Another tag of the same repository leaves what was typed.
    filledFrom !== repository
  ) {
    setFilledFrom(repository);
    setDraft(draftFromImage(draft, image, details.value));
  }
  return details;
}
