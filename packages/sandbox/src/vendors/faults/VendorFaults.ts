import { FaultState, FaultSwitches, reaches } from '../../faults';
import { CertificateProblem } from '../network/CertificateMint';
import { VendorAnswer } from '../VendorAnswer';
import { VendorRequest } from '../VendorRequest';
import {
  VendorFault,
  VendorFaultEffect,
  VendorFaultInput,
  vendorFaultSchema,
} from './VendorFault';

/** A fault that is switched on. */
export interface ActiveFault {
  readonly id: number;
  readonly fault: VendorFault;
  /** The answer that a repeated page repeats. */
  firstAnswer?: VendorAnswer;
}

/** A fault with its count, as the control route shows it. */
export type VendorFaultState = FaultState<VendorFault>;

/** The faults of a world. */
export class VendorFaults extends FaultSwitches<VendorFaultInput, VendorFault> {
  constructor() {
    super(input => vendorFaultSchema.parse(input));
  }

  /** Counts a request at every fault and returns those that hit it. */
  hitting(request: VendorRequest): ActiveFault[] {
    return this.consume(
      ({ effect, ...fault }) =>
        effect.kind !== 'certificate' && matches(fault, request),
    );
  }

  /** Counts a connection and returns what is wrong with its certificate. */
  certificateProblem(host: string): CertificateProblem | undefined {
    const [effect] = this.consume(
      fault =>
        fault.effect.kind === 'certificate' && matchesHost(fault.host, host),
    ).map(({ fault }): VendorFaultEffect => fault.effect);
    return effect?.kind === 'certificate' ? effect.problem : undefined;
  }
}

function matches(
  fault: Omit<VendorFault, 'effect'>,
  { body, headers, host, method, rawPath, url }: VendorRequest,
): boolean {
  const lines = () =>
    Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return (
    matchesHost(fault.host, host) &&
    reaches(fault, method, `${rawPath}${url.search}`) &&
    (fault.body === undefined ||
      new RegExp(fault.body).test(body.toString('utf8'))) &&
    (fault.header === undefined ||
      lines().some(line => new RegExp(fault.header!).test(line)))
  );
}

function matchesHost(pattern: string | undefined, host: string): boolean {
  const source = pattern
    ?.split('*')
    .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return source === undefined || new RegExp(`^${source}$`, 'i').test(host);
}
