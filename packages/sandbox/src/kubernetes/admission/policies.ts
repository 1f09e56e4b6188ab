import { AnyObject } from '../objects';
import { ResourceKind } from '../resources/kinds';
import { StatusError, detailsOf, qualifiedName } from '../status';

/** A ValidatingAdmissionPolicy as far as clients see it (recorded: 07d). */
export interface AdmissionPolicy {
  name: string;
  /** Kinds that it looks at, such as `Deployment` or `Pod`. */
  kinds: string[];
  /** Only in this namespace. */
  namespace?: string;
  /** What it denies: a regular expression on the object as JSON. */
  pattern: string;
  message: string;
  /** 422 as most policies answer, or 403. */
  reason?: 'Invalid' | 'Forbidden';
}

/** The policies of a cluster, set on demand. */
export class AdmissionPolicies {
  private readonly policies = new Map<string, AdmissionPolicy>();

  static create(): AdmissionPolicies {
    return new AdmissionPolicies();
  }

  private constructor() {}

  /**
   * Sets a policy, or replaces the one of its name.
   *
   * @throws SyntaxError if its pattern is no regular expression
   */
  set(policy: AdmissionPolicy): void {
    RegExp(policy.pattern);
    this.policies.set(policy.name, policy);
  }

  clear(): void {
    this.policies.clear();
  }

  /** @throws StatusError 422 or 403 in the words of a real API server */
  assertAllowed(resource: ResourceKind, object: AnyObject): void {
    for (const policy of this.policies.values()) {
      if (denies(policy, resource, object)) {
        throw denial(policy, resource, object);
      }
    }
  }
}

function denies(
  { kinds, namespace, pattern }: AdmissionPolicy,
  resource: ResourceKind,
  object: AnyObject,
): boolean {
  return (
    kinds.includes(resource.kind) &&
    (namespace === undefined || namespace === object.metadata.namespace) &&
    new RegExp(pattern).test(JSON.stringify(object.spec))
  );
}

function denial(
  { name: policy, message, reason = 'Invalid' }: AdmissionPolicy,
  resource: ResourceKind,
  { metadata: { name } }: AnyObject,
): StatusError {
  const words = `ValidatingAdmissionPolicy '${policy}' with binding '${policy}' denied request: ${message}`;
  return new StatusError(
    reason === 'Invalid' ? 422 : 403,
    reason,
    `${qualifiedName(resource)} "${name}" is forbidden: ${words}`,
    {
      ...detailsOf(resource, resource.plural, name),
      causes: [{ message: words }],
    },
  );
}
