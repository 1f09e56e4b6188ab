import { useMemo, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  RolloutDiff,
  Target,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  createIdempotencyKey,
  ImageRegistryQuery,
  imageRegistryApiRef,
  PickedImage,
  useDebounced,
  useImageRegistryQuery,
  useReasonText,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useAction } from '../tab/useAction';
import { imageDeployTranslationRef } from '../translation';
import { OtherImage } from './OtherContainers';

/** Check that a person may overrule with a yes. */
const TAG_CHECK = 'tag';
/** Check that an emergency deploy goes past. */
const PROTECTION_CHECK = 'protection';
/** Characters; as the backend asks. */
const SHORTEST_EMERGENCY_REASON = 10;

/** Milliseconds without a key before a reason counts as written. */
const TYPING_PAUSE = 500;

/** What is about to be deployed, and the answers that it needs. */
export interface DeployPlanState {
  preview: ImageRegistryQuery<RolloutDiff>;
  consent: boolean;
  setConsent(value: boolean): void;
  allowMovedTag: boolean;
  setAllowMovedTag(value: boolean): void;
  reason: string;
  setReason(value: string): void;
  /** Why it has to go past the gates; absent: it waits for them. */
  emergency?: string;
  setEmergency(reason: string | undefined): void;
  /** What would change is shown once the emergency was told. */
  asksFirst: boolean;
  /** Why it cannot be deployed (yet). */
  obstacle?: string;
  deploy(): Promise<void>;
  busy: boolean;
  failure?: Error;
  /** True once the rollout was accepted. */
  started: boolean;
}

interface Answers {
  /** The images that the person answered for. */
  digests?: string;
  consent: boolean;
  allowMovedTag: boolean;
}

const noAnswers: Answers = { consent: false, allowMovedTag: false };

/** Asks what a deploy would change, collects the answers, and deploys. */
export function useDeployPlan(options: {
  entityRef: string;
  target: Target;
  image: PickedImage | undefined;
  /** Further containers that change together with it. */
  others?: OtherImage[];
  /** The person is on call, and may not deploy otherwise. */
  onlyInEmergency: boolean;
}): DeployPlanState {
  const { entityRef, target, image, others = [], onlyInEmergency } = options;
  const api = useApi(imageRegistryApiRef);
  const [answers, setAnswers] = useState(noAnswers);
  const [reason, setReason] = useState('');
  const [answer, setAnswer] = useState<{ emergency?: string }>();
  const unanswered = onlyInEmergency ? '' : undefined;
  const emergency = answer ? answer.emergency : unanswered;
  const [started, setStarted] = useState(false);
  const digests = [image, ...others.map(other => other.image)]
    .map(each => each?.digest)
    .join();
  const given = answers.digests === digests ? answers : noAnswers;

  const body = {
    entityRef,
    target: target.ref,
    image: {
      registryId: image?.registryId ?? '',
      repository: image?.repository ?? '',
      tag: image?.tag,
      digest: image?.digest,
    },
    ...(others.length > 0 && { others }),
  };
  const identity = JSON.stringify(body);
  const written = useDebounced(emergency?.trim() ?? '', TYPING_PAUSE);
  const asksFirst = onlyInEmergency && !isReason(written);
  // Who may deploy only in an emergency is shown nothing else either.
  const wish = onlyInEmergency
    ? { ...body, emergency: { reason: written } }
    : body;
  const preview = useImageRegistryQuery(
    (client, signal) => client.previewRollout(wish, { signal }),
    [JSON.stringify(wish)],
    { enabled: image !== undefined && !asksFirst },
  );
  const diff = preview.loading || asksFirst ? undefined : preview.value;
  // The same click sent twice is one rollout; another choice is another one.
  const idempotencyKey = useMemo(
    () => ({ identity, key: createIdempotencyKey() }),
    [identity],
  );
  const action = useAction(async () => {
    try {
      await api.createRollout(
        {
          ...body,
          reason: reason.trim() || undefined,
          ...(given.consent && { consent: true }),
          ...(given.allowMovedTag && { allowMovedTag: true }),
          ...(emergency && { emergency: { reason: emergency.trim() } }),
        },
        { idempotencyKey: idempotencyKey.key },
      );
      setStarted(true);
    } catch (error) {
      // The tag may have moved, or the field been taken, since it was looked at.
      preview.refetch();
      throw error;
    }
  });

  return {
    preview,
    consent: given.consent,
    setConsent: consent => setAnswers({ ...given, consent, digests }),
    allowMovedTag: given.allowMovedTag,
    setAllowMovedTag: allowMovedTag =>
      setAnswers({ ...given, allowMovedTag, digests }),
    reason,
    setReason,
    emergency,
    setEmergency: told => setAnswer({ emergency: told }),
    asksFirst,
    obstacle: useObstacle(diff, given, emergency),
    deploy: action.run,
    busy: action.busy,
    failure: action.error,
    started,
  };
}

function useObstacle(
  diff: RolloutDiff | undefined,
  answers: Answers,
  emergency: string | undefined,
): string | undefined {
  const t = useTranslate(imageDeployTranslationRef);
  const reasonText = useReasonText();
  if (emergency !== undefined && !isReason(emergency)) {
    return t('emergency.reasonNeeded');
  }
  if (!diff) {
    return t('deploy.stillChecking');
  }
  const failed = diff.checks.find(
    check =>
      !check.ok &&
      !check.warning &&
      check.name !== TAG_CHECK &&
      !(check.name === PROTECTION_CHECK && emergency !== undefined),
  );
  if (failed) {
    return reasonText(failed.reason);
  }
  const moved = diff.checks.some(
    check => check.name === TAG_CHECK && !check.ok,
  );
  if (moved && !answers.allowMovedTag) {
    return t('deploy.answerMoved');
  }
  return diff.consented || answers.consent
    ? undefined
    : t('deploy.answerConsent');
}

function isReason(emergency: string): boolean {
  return emergency.trim().length >= SHORTEST_EMERGENCY_REASON;
}
