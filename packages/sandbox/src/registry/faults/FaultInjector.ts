import {
  RegistryFault,
  RegistryFaultEffect,
  RegistryFaultInput,
  registryFaultSchema,
} from './RegistryFault';

interface ActiveFault {
  id: number;
  fault: RegistryFault;
  matched: number;
  hit: number;
}

/** A fault with its counts, as the control route shows it. */
export interface FaultState {
  id: number;
  fault: RegistryFault;
  /** Requests that were hit so far. */
  hit: number;
}

/** The faults that are switched on, in the order in which they came. */
export class FaultInjector {
  private readonly active = new Map<number, ActiveFault>();
  private nextId = 1;

  /** @returns the id by which the fault can be taken away. */
  add(input: RegistryFaultInput): number {
    const id = this.nextId;
    this.nextId += 1;
    const fault = registryFaultSchema.parse(input);
    this.active.set(id, { id, fault, matched: 0, hit: 0 });
    return id;
  }

  /** @returns false when there is none of that id. */
  remove(id: number): boolean {
    return this.active.delete(id);
  }

  clear(): void {
    this.active.clear();
  }

  list(): FaultState[] {
    return [...this.active.values()].map(({ id, fault, hit }) => ({
      id,
      fault,
      hit,
    }));
  }

  /** Counts the request at every fault and returns what happens to it. */
  effectsFor(method: string, target: string): RegistryFaultEffect[] {
    const effects: RegistryFaultEffect[] = [];
    for (const each of this.active.values()) {
      if (matches(each.fault, method, target) && consume(each)) {
        effects.push(each.fault.effect);
      }
    }
    return effects;
  }
}

function matches(fault: RegistryFault, method: string, target: string) {
  return (
    (fault.method === undefined || fault.method === method) &&
    (fault.path === undefined || new RegExp(fault.path).test(target))
  );
}

function consume(active: ActiveFault): boolean {
  active.matched += 1;
  const { skip, times } = active.fault;
  const due =
    active.matched > skip && (times === undefined || active.hit < times);
  active.hit += due ? 1 : 0;
  return due;
}
