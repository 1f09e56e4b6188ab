import { FaultReach } from './faultReach';

/** A fault that is switched on, with its counts. */
export interface SwitchedFault<Fault> {
  readonly id: number;
  readonly fault: Fault;
  /** Requests or connections that it fits. */
  matched: number;
  /** Those of them that were hit. */
  hit: number;
}

/** A fault with its count, as the control route shows it. */
export type FaultState<Fault> = Pick<
  SwitchedFault<Fault>,
  'id' | 'fault' | 'hit'
>;

/** The faults that are switched on, in the order in which they came. */
export abstract class FaultSwitches<
  Input,
  Fault extends Pick<FaultReach, 'skip' | 'times'>,
> {
  private readonly on = new Map<number, SwitchedFault<Fault>>();
  private nextId = 1;

  /** @param parse - fills in what somebody left out */
  protected constructor(private readonly parse: (input: Input) => Fault) {}

  /** @returns the id by which the fault can be taken away */
  add(input: Input): number {
    const id = this.nextId;
    this.nextId += 1;
    const fault = this.parse(input);
    this.on.set(id, { id, fault, matched: 0, hit: 0 });
    return id;
  }

  /** @returns false when there is none of that id */
  remove(id: number): boolean {
    return this.on.delete(id);
  }

  clear(): void {
    this.on.clear();
  }

  list(): FaultState<Fault>[] {
    return [...this.on.values()].map(({ id, fault, hit }) => ({
      id,
      fault,
      hit,
    }));
  }

  /** Counts what happens at every fault that fits, and returns those it hits. */
  protected consume(fits: (fault: Fault) => boolean): SwitchedFault<Fault>[] {
    return [...this.on.values()].filter(each => {
      if (!fits(each.fault)) {
        return false;
      }
      each.matched += 1;
      const { skip, times } = each.fault;
      const isDue =
        each.matched > skip && (times === undefined || each.hit < times);
      each.hit += isDue ? 1 : 0;
      return isDue;
    });
  }
}
