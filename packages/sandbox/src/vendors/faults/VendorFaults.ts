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
export interface VendorFaultState {
  id: number;
  fault: VendorFault;
  /** Requests or connections that were hit so far. */
  hit: number;
}

interface CountedFault extends ActiveFault {
  matched: number;
  hit: number;
}

/** The faults of a world, in the order in which they came. */
export class VendorFaults {
  private readonly active = new Map<number, CountedFault>();
  private nextId = 1;

  /** @returns the id by which the fault can be taken away */
  add(input: VendorFaultInput): number {
    const id = this.nextId;
    this.nextId += 1;
    const fault = vendorFaultSchema.parse(input);
    this.active.set(id, { id, fault, matched: 0, hit: 0 });
    return id;
  }

  /** @returns false when there is none of that id */
  remove(id: number): boolean {
    return this.active.delete(id);
  }

  clear(): void {
    this.active.clear();
  }

  list(): VendorFaultState[] {
    return [...this.active.values()].map(({ id, fault, hit }) => ({
      id,
      fault,
      hit,
    }));
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

  private consume(isMatch: (fault: VendorFault) => boolean): CountedFault[] {
    return [...this.active.values()].filter(each => {
      if (!isMatch(each.fault)) {
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

function matches(
  fault: Omit<VendorFault, 'effect'>,
  { body, headers, host, method, rawPath, url }: VendorRequest,
): boolean {
  const lines = () =>
    Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return (
    matchesHost(fault.host, host) &&
    (fault.method === undefined || fault.method === method) &&
    (fault.path === undefined ||
      new RegExp(fault.path).test(`${rawPath}${url.search}`)) &&
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
