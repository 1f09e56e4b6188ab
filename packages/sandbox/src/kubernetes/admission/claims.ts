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
  const storage = resources?.requests?.storage;
  return [
    ...(accessModes.length === 0
      ? [
          {
            field: 'spec.accessModes',
            type: 'Required' as const,
            message: 'Required value: at least 1 access mode is required',
          },
        ]
      : []),
    ...(storage === undefined
      ? [
          {
            field: 'spec.resources[storage]',
            type: 'Required' as const,
            message: 'Required value',
          },
        ]
      : amountOf(storage) <= 0
      ? [
          {
            field: 'spec.resources[storage]',
            type: 'Invalid' as const,
            message: `Invalid value: ${JSON.stringify(
              storage,
            )}: must be greater than zero`,
          },
        ]
      : []),
  ];
}
