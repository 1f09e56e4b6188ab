import { SimulatedVendor } from '../SimulatedVendor';
import { HostPattern } from './HostPattern';

/** Where a connection leads. */
export interface Destination {
  scheme: 'http' | 'https';
  host: string;
  port: number;
  vendor: SimulatedVendor;
}

/** The vendors by the names that lead to them. */
export class Directory {
  private readonly entries: {
    pattern: HostPattern;
    vendor: SimulatedVendor;
  }[];

  /** @throws Error that names a wrong host of a vendor */
  constructor(vendors: readonly SimulatedVendor[]) {
    this.entries = vendors.flatMap(vendor =>
      vendor.hosts.map(host => ({ pattern: HostPattern.parse(host), vendor })),
    );
  }

  find(host: string, port: number): Destination | undefined {
    const found = this.entries.find(({ pattern }) =>
      pattern.matches(host, port),
    );
    return (
      found && {
        scheme: found.pattern.scheme,
        host: host.toLowerCase(),
        port,
        vendor: found.vendor,
      }
    );
  }
}

/** `https://quay.io`, with the port only where it is not the scheme's own. */
export function originOf({ scheme, host, port }: Destination): string {
  return new URL(`${scheme}://${host}:${port}`).origin;
}
