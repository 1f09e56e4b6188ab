import { LabelSelector } from './objects';

/** A selector of a workload as the query parameter `labelSelector`. */
export function formatLabelSelector(
  selector: LabelSelector | null | undefined,
): string {
  const equal = Object.entries(selector?.matchLabels ?? {}).map(
    ([key, value]) => `${key}=${value}`,
  );
  const expressions = (selector?.matchExpressions ?? []).map(
    ({ key, operator, values = [] }) => {
      switch (operator) {
        case 'In':
          return `${key} in (${values.join(',')})`;
        case 'NotIn':
          return `${key} notin (${values.join(',')})`;
        case 'DoesNotExist':
          return `!${key}`;
        default:
          return key;
      }
    },
  );
  return [...equal, ...expressions].join(',');
}
