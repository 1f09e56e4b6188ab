import { FaultState as StateOf, FaultSwitches, reaches } from '../../faults';
import {
  RegistryFault,
  RegistryFaultEffect,
  RegistryFaultInput,
  registryFaultSchema,
} from './RegistryFault';

/** A fault with its counts, as the control route shows it. */
export type FaultState = StateOf<RegistryFault>;

/** The faults of a registry. */
export class FaultInjector extends FaultSwitches<
  RegistryFaultInput,
  RegistryFault
> {
  constructor() {
    super(input => registryFaultSchema.parse(input));
  }

  /** Counts the request at every fault and returns what happens to it. */
  effectsFor(method: string, target: string): RegistryFaultEffect[] {
    return this.consume(fault => reaches(fault, method, target)).map(
      ({ fault }) => fault.effect,
    );
  }
}
