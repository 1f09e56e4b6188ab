import {
  nestedReason,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import { useLanguage } from '../hooks/useLanguage';
import {
  imageRegistryTranslationRef,
  reasonMessages,
  useTranslate,
} from '../translation';
import { personName } from './Person';

type ReasonKey = keyof typeof reasonMessages;

/**
 * A reason's sentence in the portal's language: by its code and values, else
 * the English sentence it brings along.
 *
 * @public
 */
export function useReasonText(): (reason: Reason) => string {
  const t = useTranslate(imageRegistryTranslationRef);
  const language = useLanguage();
  // One signature for all codes: their values are known at run time only.
  const translate = t as unknown as (
    key: ReasonKey,
    values: Record<string, string>,
  ) => string;

  const textOf = (reason: Reason): string => {
    const key = `reason.${reason.code}`;
    const values = reason.params ?? {};
    if (!isTranslated(key) || !hasValues(reasonMessages[key], values)) {
      return reason.message;
    }
    const entries = Object.entries(values).map(([name, value]) => {
      const inner = nestedReason(name, values);
      return [name, inner ? textOf(inner) : readableValue(value, language)];
    });
    return translate(key, Object.fromEntries(entries));
  };
  return textOf;
}

/** One or several people, groups or services, as values bring them. */
const REFERENCES =
  /^(user|group|service):[^/\s]+\/[^\s,]+(, (user|group|service):[^/\s]+\/[^\s,]+)*$/;

/** A moment, as the backend writes it. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** People by their names and moments on their clock, as everywhere. */
function readableValue(value: string, language: string): string {
  if (REFERENCES.test(value)) {
    return value.split(', ').map(personName).join(', ');
  }
  return TIME.test(value)
    ? new Date(value).toLocaleTimeString(language, {
        hour: '2-digit',
        minute: '2-digit',
      })
    : value;
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
