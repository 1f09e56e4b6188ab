import { CompiledRule, OrderKey, TagCandidate } from './CompiledRule';

/** What a choice is made of. */
export interface Found {
  first?: OrderKey;
  second?: OrderKey;
  /** One of those whose time nobody knows. */
  undated?: OrderKey;
  count: number;
}

/** The newest and the next of the candidates that were offered. */
export class BestTwo implements Found {
  first?: OrderKey;
  second?: OrderKey;
  undated?: OrderKey;
  count = 0;

  constructor(private readonly rule: CompiledRule) {}

  /** @returns the least order, of those not negative, that may be among them */
  offer(candidate: TagCandidate): number {
    this.count++;
    const key = this.rule.key(candidate);
    if (key) {
      this.place(key);
    }
    return this.second?.order ?? 0;
  }

  private place(key: OrderKey): void {
    if (key.order === -Infinity) {
      this.undated = laterBySpelling(this.undated, key);
    }
    if (!this.first || isNewer(this.rule, key, this.first)) {
      this.second = this.first;
      this.first = key;
    } else if (!this.second || isNewer(this.rule, key, this.second)) {
      this.second = key;
    }
  }
}

function isNewer(rule: CompiledRule, key: OrderKey, than: OrderKey): boolean {
  const { order } = key;
  return order !== undefined && than.order !== undefined && order !== than.order
    ? order > than.order
    : rule.compareKeys(key, than) > 0;
}

/** Of the tags without a time, the one to name: the same in any order. */
export function laterBySpelling(
  known: OrderKey | undefined,
  key: OrderKey,
): OrderKey {
  return known && known.candidate.tag >= key.candidate.tag ? known : key;
}
