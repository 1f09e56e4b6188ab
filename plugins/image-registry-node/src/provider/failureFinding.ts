import {
  CheckStep,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import { RegistryError } from './RegistryError';

/** What a step of a check says to do: in English, and for translation. */
export function advice(
  remedy: Reason | undefined,
): Pick<CheckStep, 'hint' | 'remedy'> {
  return remedy ? { hint: remedy.message, remedy } : {};
}

/** What a step of a check says of a failure. */
export function failureFinding({
  code,
  message,
  remedy,
}: RegistryError): Pick<CheckStep, 'code' | 'message' | 'hint' | 'remedy'> {
  return { code, message, ...advice(remedy) };
}
