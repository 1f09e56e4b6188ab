import {
  AnyObject,
  Container,
  Deployment,
  LabelSelector,
  PodTemplate,
} from '../objects';
import { sameJson } from '../apply/compare';
import { ResourceKind } from '../resources/kinds';
import { FieldError, StatusError, badRequest, invalid } from '../status';
import { matchesSelector } from '../storage/selectors';
import { validateClaim } from './claims';
import { validateIngress, validateService } from './exposure';
import { validatePodSpec } from './pod-validation';
import { validateSecret } from './secret-validation';

const SUBDOMAIN =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/**
 * Checks an object as the API server does before storing it.
 *
 * @param before - the stored object when it is an update
 * @throws StatusError 422 with a cause for each violated rule, 400 for values
 *   that do not decode
 */
export function validate(
  resource: ResourceKind,
  object: AnyObject,
  before?: AnyObject,
): void {
  assertDecodes(resource, object);
  const errors = [
    ...nameErrors(resource, object.metadata.name),
    ...kindErrors(resource, object),
    ...(before ? immutableErrors(resource, object, before) : []),
  ];
  if (errors.length > 0) {
    throw invalid(
      {
        group: resource.group,
        kind: resource.kind,
        name: object.metadata.name,
      },
      errors,
    );
  }
}

/** Values that Go could not decode are refused before validation, with 400. */
function assertDecodes(resource: ResourceKind, object: AnyObject): void {
  const replicas = (object.spec as { replicas?: unknown } | undefined)
    ?.replicas;
  if (typeof replicas === 'string') {
    throw badRequest(
      `${resource.kind} in version "${resource.version}" cannot be handled as a ${resource.kind}: json: cannot unmarshal string into Go struct field ${resource.kind}Spec.spec.replicas of type int32`,
    );
  }
}

function nameErrors(resource: ResourceKind, name: string): FieldError[] {
  if (resource.kind === 'Service') {
    return serviceNameErrors(name);
  }
  const isLabel = resource.kind === 'Namespace';
  if ((isLabel ? LABEL : SUBDOMAIN).test(name)) {
    return [];
  }
  const rule = isLabel
    ? "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
    : "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
  return [
    {
      field: 'metadata.name',
      type: 'Invalid',
      message: `Invalid value: ${JSON.stringify(name)}: ${rule}`,
    },
  ];
}

function serviceNameErrors(name: string): FieldError[] {
  return /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name)
    ? []
    : [
        {
          field: 'metadata.name',
          type: 'Invalid',
          message: `Invalid value: ${JSON.stringify(
            name,
          )}: a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')`,
        },
      ];
}

function kindErrors(resource: ResourceKind, object: AnyObject): FieldError[] {
  switch (resource.kind) {
    case 'Deployment':
      return [
        ...workloadErrors(object),
        ...deadlineErrors(object as unknown as Deployment),
      ];
    case 'StatefulSet':
    case 'DaemonSet':
    case 'ReplicaSet':
      return workloadErrors(object);
    case 'CronJob':
      return cronJobErrors(object);
    case 'Pod':
      return validatePodSpec(
        object.spec as { containers: Container[] },
        'spec',
      );
    case 'Secret':
      return validateSecret(object);
    case 'Service':
      return validateService(object);
    case 'Ingress':
      return validateIngress(object);
    case 'PersistentVolumeClaim':
      return validateClaim(object);
    default:
      return [];
  }
}

interface WorkloadSpec {
  replicas?: number;
  selector?: LabelSelector;
  template: PodTemplate;
}

function workloadErrors(object: AnyObject): FieldError[] {
  const spec = object.spec as WorkloadSpec;
  const errors: FieldError[] = [];
  if (spec.replicas !== undefined && spec.replicas < 0) {
    errors.push({
      field: 'spec.replicas',
      type: 'Invalid',
      message: `Invalid value: ${spec.replicas}: must be greater than or equal to 0`,
    });
  }
  if (!spec.selector) {
    errors.push({
      field: 'spec.selector',
      type: 'Required',
      message: 'Required value',
    });
  }
  const labels = spec.template.metadata?.labels;
  if (!matchesSelector(spec.selector, labels)) {
    errors.push({
      field: 'spec.template.metadata.labels',
      type: 'Invalid',
      message: `Invalid value: ${JSON.stringify(
        labels ?? null,
      )}: \`selector\` does not match template \`labels\``,
    });
  }
  return [
    ...errors,
    ...validatePodSpec(spec.template.spec, 'spec.template.spec'),
  ];
}

function deadlineErrors(deployment: Deployment): FieldError[] {
  const { progressDeadlineSeconds = 600, minReadySeconds = 0 } =
    deployment.spec;
  return progressDeadlineSeconds <= minReadySeconds
    ? [
        {
          field: 'spec.progressDeadlineSeconds',
          type: 'Invalid',
          message: `Invalid value: ${progressDeadlineSeconds}: must be greater than minReadySeconds`,
        },
      ]
    : [];
}

function cronJobErrors(object: AnyObject): FieldError[] {
  const { schedule = '', jobTemplate } = object.spec as {
    schedule?: string;
    jobTemplate: { spec: { template: PodTemplate } };
  };
  const fields = schedule.split(/\s+/).filter(field => field !== '');
  const errors: FieldError[] =
    fields.length === 5 || schedule.startsWith('@')
      ? []
      : [
          {
            field: 'spec.schedule',
            type: 'Invalid',
            message: `Invalid value: ${JSON.stringify(
              schedule,
            )}: expected exactly 5 fields, found ${
              fields.length
            }: [${fields.join(' ')}]`,
          },
        ];
  return [
    ...errors,
    ...validatePodSpec(
      jobTemplate.spec.template.spec,
      'spec.jobTemplate.spec.template.spec',
    ),
  ];
}

function immutableErrors(
  resource: ResourceKind,
  object: AnyObject,
  before: AnyObject,
): FieldError[] {
  if (resource.kind === 'Secret') {
    return immutableSecretErrors(object, before);
  }
  const selector = (object.spec as WorkloadSpec | undefined)?.selector;
  const known = (before.spec as WorkloadSpec | undefined)?.selector;
  const selects = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];
  if (!selects.includes(resource.kind) || sameJson(selector, known)) {
    return [];
  }
  return [
    {
      field: 'spec.selector',
      type: 'Invalid',
      message: `Invalid value: ${JSON.stringify(
        selector ?? null,
      )}: field is immutable`,
    },
  ];
}

function immutableSecretErrors(
  object: AnyObject,
  before: AnyObject,
): FieldError[] {
  const errors: FieldError[] = [];
  if (object.type !== before.type) {
    errors.push({
      field: 'type',
      type: 'Invalid',
      message: `Invalid value: ${JSON.stringify(
        object.type,
      )}: field is immutable`,
    });
  }
  if (before.immutable === true && !sameJson(object.data, before.data)) {
    errors.push({
      field: 'data',
      type: 'Forbidden',
      message: 'Forbidden: field is immutable when `immutable` is set',
    });
  }
  return errors;
}

/** metadata.uid names another object than the stored one (recorded: 01b). */
export function uidMismatch(
  resource: ResourceKind,
  name: string,
  uid: string,
): StatusError {
  const error: FieldError = {
    field: 'metadata.uid',
    type: 'Invalid',
    message: `Invalid value: ${JSON.stringify(uid)}: field is immutable`,
  };
  return invalid({ group: resource.group, kind: resource.kind, name }, [
    error,
    error,
  ]);
}
