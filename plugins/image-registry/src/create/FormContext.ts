import { createContext, useContext } from 'react';
import { WorkloadDraft } from './WorkloadDraft';

/** What the sections of the form share. */
export interface Form {
  draft: WorkloadDraft;
  change(changes: Partial<WorkloadDraft>): void;
  /** What is wrong with a field, in the portal's language. */
  problemAt(path: string): string | undefined;
  /** A component of the catalog that is given a workload. */
  component?: string;
  /** Name, owner, system and place of what is half made stay as they are. */
  resuming: boolean;
}

const FormContext = createContext<Form | undefined>(undefined);

export const FormProvider = FormContext.Provider;

/** The form that a section is part of. */
export function useForm(): Form {
  const form = useContext(FormContext);
  if (!form) {
    throw new Error('Only sections of the form know it');
  }
  return form;
}
