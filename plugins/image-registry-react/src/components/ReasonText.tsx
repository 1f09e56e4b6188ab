import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { imageRegistryTranslationRef, reasonMessages } from '../translation';

type ReasonKey = keyof typeof reasonMessages;

/**
 * A reason's sentence in the portal's language: by its code and values, else
 * the English sentence it brings along.
 *
 * @public
 */
export function useReasonText(): (reason: Reason) => string {
  const { t } = useTranslationRef(imageRegistryTranslationRef);
  // One signature for all codes: their values are known at run time only.
  const translate = t as unknown as (
    key: ReasonKey,
    values: Record<string, string>,
  ) => string;

  return reason => {
    const key = `reason.${reason.code}`;
    const values = reason.params ?? {};
    return isTranslated(key) && hasValues(reasonMessages[key], values)
      ? translate(key, values)
      : reason.message;
  };
}

function isTranslated(key: string): key is ReasonKey {
  return Object.hasOwn(reasonMessages, key);
}

/** Whether every `{{name}}` of a message has a value. */
function hasValues(message: string, values: Record<string, string>): boolean {
  const names = message.match(/(?<=\{\{)\w+(?=\}\})/g) ?? [];
  return names.every(name => Boolean(values[name]));
}

/**
 * The sentence of a reason.
 *
 * @public
 */
export function ReasonText({ reason }: { reason: Reason }) {
  return <>{useReasonText()(reason)}</>;
}
