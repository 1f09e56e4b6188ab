import { RegistryBudgetView } from '@slipway/backstage-plugin-image-registry-common';
import {
  TimeAgo,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';

interface BudgetTextProps {
  budget: RegistryBudgetView;
  /** Milliseconds since the epoch; for tests. */
  now?: number;
}

/** `137 of 200 requests left, resets in 20 minutes`; nothing when unknown. */
export function BudgetText({ budget, now = Date.now() }: BudgetTextProps) {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { limit, remaining, resetsAt, retryAt } = budget;
  const isAhead = (time: string | undefined) =>
    time !== undefined && Date.parse(time) > now;
  if (isAhead(retryAt)) {
    return (
      <>
        {t('registry.askedToWait')} <TimeAgo time={retryAt!} />
      </>
    );
  }
  // What was left in a window that has ended says nothing.
  if (remaining === undefined || (resetsAt && !isAhead(resetsAt))) {
    return null;
  }
  return (
    <>
      {limit === undefined
        ? t('registry.requestsLeft', { remaining: String(remaining) })
        : t('registry.requestsLeftOf', {
            remaining: String(remaining),
            limit: String(limit),
          })}
      {resetsAt && (
        <>
          {', '}
          {t('registry.resets')} <TimeAgo time={resetsAt} />
        </>
      )}
    </>
  );
}
