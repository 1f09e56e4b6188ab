import { ApiObject, LabelSelector, StringMap } from '../objects';
import { badRequest } from '../status';

export type Predicate = (object: ApiObject) => boolean;

const SET_BASED =
  /^\s*(!?)\s*([^\s!=,()]+)\s*(?:(in|notin)\s*\(([^)]*)\))?\s*$/;
const EQUALITY = /^\s*([^\s!=,()]+)\s*(==|!=|=)\s*([^\s!=,()]*)\s*$/;

/**
 * Parses the labelSelector parameter, equality and set based.
 * Grammar: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#api
 *
 * @throws StatusError 400 for a selector that does not parse
 */
export function parseLabelSelector(text: string): Predicate {
  const terms = splitOutsideParentheses(text).map(parseLabelTerm);
  return object => {
    const labels = object.metadata.labels ?? {};
    return terms.every(term => term(labels));
  };
}

type LabelTerm = (labels: StringMap) => boolean;

function parseLabelTerm(term: string): LabelTerm {
  const equality = EQUALITY.exec(term);
  if (equality) {
    const [, key, operator, value] = equality;
    return operator === '!='
      ? labels => labels[key] !== value
      : labels => labels[key] === value;
  }
  const set = SET_BASED.exec(term);
  if (!set || (set[1] && set[3])) {
    throw badRequest(
      `unable to parse requirement: found '${term.trim()}', expected: a label selector`,
    );
  }
  const [, absent, key, operator, list] = set;
  if (!operator) {
    return absent ? labels => !(key in labels) : labels => key in labels;
  }
  const values = new Set(list.split(',').map(value => value.trim()));
  return operator === 'in'
    ? labels => key in labels && values.has(labels[key])
    : labels => !values.has(labels[key]);
}

function splitOutsideParentheses(text: string): string[] {
  return text.split(/,(?![^(]*\))/).filter(term => term.trim() !== '');
}

/** Fields that real API servers index, besides metadata.*, by kind. */
const FIELDS: Record<string, string[]> = {
  Pod: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'status.phase',
    'status.podIP',
  ],
  Event: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  Secret: ['type'],
  Namespace: ['status.phase'],
  ReplicaSet: ['status.replicas'],
};

/**
 * Parses the fieldSelector parameter for a kind.
 *
 * @throws StatusError 400 for a field that Kubernetes cannot select by
 */
export function parseFieldSelector(text: string, kind: string): Predicate {
  const terms = text
    .split(',')
    .filter(term => term.trim() !== '')
    .map(term => {
      const match = /^\s*([^!=]+?)\s*(==|!=|=)\s*(.*?)\s*$/.exec(term);
      if (!match) {
        throw badRequest(
          `invalid selector: '${term}'; can't understand '${term}'`,
        );
      }
      const [, field, operator, value] = match;
      if (!isSelectable(kind, field)) {
        throw badRequest(
          `Unable to find "v1, Kind=${kind}" that match label selector "", field selector "${text}": field label not supported: ${field}`,
        );
      }
      return { steps: stepsTo(field), wanted: operator !== '!=', value };
    });
  return object =>
    terms.every(
      ({ steps, wanted, value }) =>
        (fieldOf(object, steps) === value) === wanted,
    );
}

function isSelectable(kind: string, field: string): boolean {
  return (
    field === 'metadata.name' ||
    field === 'metadata.namespace' ||
    (FIELDS[kind] ?? []).includes(field)
  );
}

/** An Event's source is selected by its component. */
function stepsTo(field: string): string[] {
  return (field === 'source' ? 'source.component' : field).split('.');
}

function fieldOf(object: ApiObject, steps: string[]): string {
  let value: unknown = object;
  for (const step of steps) {
    value = (value as Record<string, unknown> | undefined)?.[step];
  }
  return value === undefined || value === null ? '' : String(value);
}

/** spec.selector of a workload against labels. */
export function matchesSelector(
  selector: LabelSelector | undefined,
  labels: StringMap = {},
): boolean {
  if (!selector) {
    return false;
  }
  const equal = Object.entries(selector.matchLabels ?? {}).every(
    ([key, value]) => labels[key] === value,
  );
  return (
    equal &&
    (selector.matchExpressions ?? []).every(({ key, operator, values }) => {
      switch (operator) {
        case 'In':
          return key in labels && (values ?? []).includes(labels[key]);
        case 'NotIn':
          return !(values ?? []).includes(labels[key]);
        case 'Exists':
          return key in labels;
        default:
          return !(key in labels);
      }
    })
  );
}
