import { startOfTags } from '@slipway/backstage-plugin-image-registry-common';
import { ListeningPolicy } from './policyRow';
import { readRule } from './readRule';

/** Policies by what every tag begins with that they take. */
class PoliciesByStart {
  readonly #policies = new Map<string, ListeningPolicy[]>();
  readonly #lengths: readonly number[];

  constructor(policies: readonly ListeningPolicy[]) {
    for (const policy of policies) {
      // One that cannot be read is asked, and says so.
      const start = readRule(policy.rule).rule ? startOfTags(policy.rule) : '';
      const others = this.#policies.get(start) ?? [];
      others.push(policy);
      this.#policies.set(start, others);
    }
    const starts = [...this.#policies.keys()];
    this.#lengths = [...new Set(starts.map(({ length }) => length))];
  }

  takers(tag: string): Set<ListeningPolicy> {
    return new Set(
      this.#lengths
        .filter(length => length <= tag.length)
        .flatMap(length => this.#policies.get(tag.slice(0, length)) ?? [])
        .filter(policy => mayTake(policy, tag)),
    );
  }
}

/** The memory of policies gives the same list while they are the same. */
const known = new WeakMap<readonly ListeningPolicy[], PoliciesByStart>();

/**
 * The policies that do not refuse a tag by its name: of a thousand with rules
 * of their own, a few are asked.
 */
export function takersOf(
  policies: readonly ListeningPolicy[],
  tag: string,
): Set<ListeningPolicy> {
  const byStart = known.get(policies) ?? new PoliciesByStart(policies);
  known.set(policies, byStart);
  return byStart.takers(tag);
}

/** Whether `refusalByName` tells no reason, without making one. */
function mayTake({ rule }: ListeningPolicy, tag: string): boolean {
  const compiled = readRule(rule).rule;
  return !compiled || compiled.key({ tag }) !== undefined;
}
