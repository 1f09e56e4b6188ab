import { useMemo, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  ChangedSettings,
  FieldProblem,
  WorkloadSettingsView,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  imageRegistryApiRef,
  useReasonText,
} from '@slipway/backstage-plugin-image-registry-react';
import { Form } from '../FormContext';
import { fieldId } from '../PlanField';
import { FoldedSection, sectionOf } from '../sections';
import { WorkloadDraft } from '../WorkloadDraft';
import { draftOfSettings, readSettingsDraft } from './settingsDraft';

/** How long a section takes to unfold, in ms. */
const UNFOLDING = 300;

/** Whose settings are changed. */
export interface EditedTarget {
  targetKey: string;
  entityRef: string;
  view: WorkloadSettingsView;
}

/** What came of the last preview or try. */
export interface SettingsOutcome {
  /** The form that it is about; it says nothing of a changed one. */
  draft: WorkloadDraft;
  answer?: ChangedSettings;
  error?: Error;
}

/** The form while somebody changes it. */
export interface SettingsForm {
  form: Form;
  busy?: 'preview' | 'save';
  outcome?: SettingsOutcome;
  /** What is wrong, as far as it is shown already. */
  problems: readonly FieldProblem[];
  open: readonly FoldedSection[];
  toggle(section: FoldedSection, isOpen: boolean): void;
  /** Unfolds the section of a field and goes to it. */
  showField(path: string): void;
  preview(): Promise<void>;
  /** @returns whether it was changed */
  save(): Promise<boolean>;
}

/** Keeps what is typed, and lets the cluster rehearse and take it. */
export function useSettingsForm(target: EditedTarget): SettingsForm {
  const { targetKey, entityRef, view } = target;
  const api = useApi(imageRegistryApiRef);
  const reasonText = useReasonText();
  const [draft, setDraft] = useState(() => draftOfSettings(view.settings));
  const [attempted, setAttempted] = useState(false);
  const [open, setOpen] = useState<FoldedSection[]>(['resources', 'env']);
  const [busy, setBusy] = useState<SettingsForm['busy']>();
  const [outcome, setOutcome] = useState<SettingsOutcome>();
  const atWork = useRef(false);
  const { settings, problems } = useMemo(
    () => readSettingsDraft(draft, view),
    [draft, view],
  );
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
  const run = async (what: NonNullable<SettingsForm['busy']>) => {
    setAttempted(true);
    if (problems[0]) {
      showField(problems[0].path);
    }
    // A second click comes before the button is drawn as busy.
    if (!settings || atWork.current) {
      return undefined;
    }
    atWork.current = true;
    setBusy(what);
    try {
      const answer = await api.changeTargetSettings(targetKey, {
        entityRef,
        version: view.version,
        settings,
        ...(what === 'preview' && { dryRun: true }),
      });
      setOutcome({ draft, answer });
      return answer;
    } catch (error) {
      setOutcome({ draft, error: error as Error });
      return undefined;
    } finally {
      atWork.current = false;
      setBusy(undefined);
    }
  };

  return {
    form: {
      draft,
      change: changes => setDraft(before => ({ ...before, ...changes })),
      problemAt(path) {
        const problem = shown.find(each => each.path === path);
        return problem && reasonText(problem.reason);
      },
      resuming: false,
    },
    busy,
    outcome,
    problems: shown,
    open,
    toggle: (section, isOpen) =>
      setOpen(before =>
        isOpen ? [...before, section] : before.filter(each => each !== section),
      ),
    showField,
    async preview() {
      await run('preview');
    },
    async save() {
      return (await run('save'))?.outcome === 'changed';
    },
  };
}
