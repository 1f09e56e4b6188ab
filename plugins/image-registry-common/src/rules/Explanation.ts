import { Reason } from '../reason';
import { isImageTag } from './artifactTags';
import { CompiledRule, TagCandidate } from './CompiledRule';
import { refusalIndex } from './orders/scan';
import { CandidateReadings, isTaken } from './readCandidates';

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
    /** Positions of the accepted, newest first. */
    private readonly sorted: Uint32Array,
    /** False when nobody can tell their places. */
    private readonly ranked: boolean,
  ) {}

  /** A verdict for every candidate, in the order they were given. */
  all(): TagVerdict[] {
    if (!this.verdicts) {
      const { length } = this.readings.candidates;
      this.verdicts = new Array(length);
      const places = new Uint32Array(length);
      for (let place = 0; place < this.sorted.length; place++) {
        places[this.sorted[place]] = place;
      }
      this.verdictsInto(this.verdicts, places);
    }
    return this.verdicts;
  }

  get acceptedCount(): number {
    return this.sorted.length;
  }

  /** The first of the accepted, newest first, and of the others. */
  newestFirst(most: number, mostAccepted = most): TagVerdict[] {
    const verdicts: TagVerdict[] = [];
    const accepted = Math.min(most, mostAccepted, this.sorted.length);
    for (let place = 0; place < accepted; place++) {
      verdicts.push(this.verdictAt(this.sorted[place], place));
    }
    const { orders } = this.readings;
    for (
      let position = 0;
      position < orders.length && verdicts.length < most;
      position++
    ) {
      if (!isTaken(orders[position])) {
        verdicts.push(this.verdictAt(position, 0));
      }
    }
    return verdicts;
  }

  private verdictsInto(verdicts: TagVerdict[], places: Uint32Array): void {
    const { candidates, orders } = this.readings;
    const { ranked } = this;
    for (let position = 0; position < orders.length; position++) {
      const candidate = candidates[position];
      const order = orders[position];
      verdicts[position] =
        order < 0
          ? {
              tag: candidate.tag,
              accepted: false,
              reason: this.reasonOfRefused(candidate, order),
              rank: undefined,
            }
          : {
              tag: candidate.tag,
              accepted: true,
              reason: this.accepted ?? this.reasonOfAccepted(candidate),
              rank: ranked ? places[position] + 1 : undefined,
            };
    }
  }

  /** @param place - among the sorted, if it is one of them */
  private verdictAt(position: number, place: number): TagVerdict {
    const candidate = this.readings.candidates[position];
    const order = this.readings.orders[position];
    const accepted = isTaken(order);
    return {
      tag: candidate.tag,
      accepted,
      reason: accepted
        ? this.reasonOfAccepted(candidate)
        : this.reasonOfRefused(candidate, order),
      rank: accepted && this.ranked ? place + 1 : undefined,
    };
  }

  private reasonOfAccepted(candidate: TagCandidate): Reason {
    this.accepted ??= this.rule.judge(candidate).reason;
    return this.accepted;
  }

  private reasonOfRefused(candidate: TagCandidate, order: number): Reason {
    const { rule } = this;
    const { tag } = candidate;
    const index = refusalIndex(order);
    const known =
      isImageTag(tag) &&
      (index < 0 ? rule.whyRefused?.(tag) : rule.refusals?.[index]);
    return known || rule.judge(candidate).reason;
  }
}
