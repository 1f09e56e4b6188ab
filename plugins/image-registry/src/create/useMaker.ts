import { useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  CreatedWorkload,
  WorkloadPlan,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  createIdempotencyKey,
  imageRegistryApiRef,
} from '@slipway/backstage-plugin-image-registry-react';
import { requestOf } from './readDraft';
import { WorkloadDraft } from './WorkloadDraft';

/** What came of the last preview or try. */
export interface Outcome {
  /** The form that it is about; it says nothing of a changed one. */
  draft: WorkloadDraft;
  answer?: CreatedWorkload;
  error?: Error;
}

/** Previews and makes what a form says. */
export interface Maker {
  busy?: 'preview' | 'create';
  outcome?: Outcome;
  preview(draft: WorkloadDraft, plan: WorkloadPlan): Promise<void>;
  create(
    draft: WorkloadDraft,
    plan: WorkloadPlan,
  ): Promise<CreatedWorkload | undefined>;
}

/**
 * One click makes one component: the same form is sent under the same
 * Idempotency-Key, also after an answer was lost.
 *
 * @param resume - the creation that is gone on with
 */
export function useMaker(resume: string | undefined): Maker {
  const api = useApi(imageRegistryApiRef);
  const [busy, setBusy] = useState<Maker['busy']>();
  const [outcome, setOutcome] = useState<Outcome>();
  const key = useRef({ of: '', value: '' });
  const atWork = useRef(false);

  const run = async (
    what: NonNullable<Maker['busy']>,
    draft: WorkloadDraft,
    send: () => Promise<CreatedWorkload>,
  ) => {
    // A second click comes before the button is drawn as busy.
    if (atWork.current) {
      return undefined;
    }
    atWork.current = true;
    setBusy(what);
    try {
      const answer = await send();
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
    busy,
    outcome,
    async preview(draft, plan) {
      await run('preview', draft, () =>
        api.rehearseWorkload(requestOf(plan, resume)),
      );
    },
    create(draft, plan) {
      const body = requestOf(plan, resume);
      const text = JSON.stringify(body);
      if (key.current.of !== text) {
        key.current = { of: text, value: createIdempotencyKey() };
      }
      return run('create', draft, async () => {
        const answer = await api.createWorkload(body, {
          idempotencyKey: key.current.value,
        });
        if (answer.outcome === 'partial') {
          // The same form goes on from here, which is another request.
          key.current = { of: '', value: '' };
        }
        return answer;
      });
    },
  };
}
