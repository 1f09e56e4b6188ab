import { Reason } from '../reason';
import { CompiledRule, TagCandidate } from './CompiledRule';
import { refusalIndex } from './orders/scan';
import { CandidateReadings, isTaken } from './readCandidates';
import { SortedCandidates } from './sortNewestFirst';

/** What a rule says about one candidate. */
export interface TagVerdict {
  tag: string;
  accepted: boolean;
  reason: Reason;
  /** Among the accepted; 1 is the newest. */
  rank?: number;
}

/**
 * Why each candidate was taken or not, and its place. Verdicts are made when
 * they are read, and their reasons once a rule: words are for those who read.
 */
export class Explanation {
  private verdicts: TagVerdict[] | undefined;
  /** One reason for all that the rule takes. */
  private accepted: Reason | undefined;

  constructor(
    private readonly rule: CompiledRule,
    private readonly readings: CandidateReadings,
    /** What the rule takes. */
    private readonly sorted: SortedCandidates,
    /** False when nobody can tell their places. */
    private readonly ranked: boolean,
  ) {}

  /** A verdict for every candidate, in the order they were given. */
  all(): TagVerdict[] {
    if (!this.verdicts) {
      const { length } = this.readings.candidates;
      this.verdicts = new Array(length);
      for (let position = 0; position < length; position++) {
        this.verdicts[position] = this.verdictAt(position);
      }
    }
    return this.verdicts;
  }

  get acceptedCount(): number {
    return this.sorted.positions.length;
  }

  /** The first of the accepted, newest first, and of the others. */
  newestFirst(most: number, mostAccepted = most): TagVerdict[] {
    const verdicts: TagVerdict[] = [];
    const { positions } = this.sorted;
    const accepted = Math.min(most, mostAccepted, positions.length);
    for (let place = 0; place < accepted; place++) {
      verdicts.push(this.verdictAt(positions[place]));
    }
    const { orders } = this.readings;
    for (
      let position = 0;
      position < orders.length && verdicts.length < most;
      position++
    ) {
      if (!isTaken(orders[position])) {
        verdicts.push(this.verdictAt(position));
      }
    }
    return verdicts;
  }

  private verdictAt(position: number): TagVerdict {
    const candidate = this.readings.candidates[position];
    const order = this.readings.orders[position];
    const accepted = isTaken(order);
    return {
      tag: candidate.tag,
      accepted,
      reason: accepted
        ? this.reasonOfAccepted(candidate)
        : this.reasonOfRefused(candidate, order),
      rank:
        accepted && this.ranked ? this.sorted.places[position] + 1 : undefined,
    };
  }

  private reasonOfAccepted(candidate: TagCandidate): Reason {
    this.accepted ??= this.rule.judge(candidate).reason;
    return this.accepted;
  }

  private reasonOfRefused(candidate: TagCandidate, order: number): Reason {
    const { rule } = this;
    return rule.refusals?.[refusalIndex(order)] ?? rule.judge(candidate).reason;
  }
}
