import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * Filters, selection and open drawers in the query of the URL, so that a link
 * shows what its sender saw.
 */
export function useQueryParameters(): {
  get(name: string): string | undefined;
  /** `undefined` or an empty text removes the parameter. */
  set(
    changes: Record<string, string | undefined>,
    options?: { replace?: boolean },
  ): void;
} {
  const [parameters, setParameters] = useSearchParams();
  const set = useCallback(
    (
      changes: Record<string, string | undefined>,
      options?: { replace?: boolean },
    ) =>
      setParameters(before => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value) {
            next.set(name, value);
          } else {
            next.delete(name);
          }
        }
        return next;
      }, options),
    [setParameters],
  );
  return { get: name => parameters.get(name) ?? undefined, set };
}
