import { AnyObject, JsonObject } from '../objects';
import { FieldError } from '../status';
import { amountOf } from './pod-validation';

/** Claims are never bound here: nothing provides volumes. */
export function claimDefaults(object: AnyObject): AnyObject {
  const spec = (object.spec ?? {}) as JsonObject;
  return {
    ...object,
    spec: { ...spec, volumeMode: spec.volumeMode ?? 'Filesystem' },
    status: object.status ?? { phase: 'Pending' },
  };
}

export function validateClaim(object: AnyObject): FieldError[] {
  const { accessModes = [], resources } = (object.spec ?? {}) as {
    accessModes?: string[];
    resources?: { requests?: { storage?: string } };
  };
  const modeErrors: FieldError[] =
    accessModes.length === 0
      ? [
          {
            field: 'spec.accessModes',
            type: 'Required',
            message: 'Required value: at least 1 access mode is required',
          },
        ]
      : [];
  return [...modeErrors, ...sizeErrors(resources?.requests?.storage)];
}

function sizeErrors(storage: string | undefined): FieldError[] {
  const field = 'spec.resources[storage]';
  if (storage === undefined) {
    return [{ field, type: 'Required', message: 'Required value' }];
  }
  return amountOf(storage) > 0
    ? []
    : [
        {
          field,
          type: 'Invalid',
          message: `Invalid value: ${JSON.stringify(
            storage,
          )}: must be greater than zero`,
        },
      ];
}
