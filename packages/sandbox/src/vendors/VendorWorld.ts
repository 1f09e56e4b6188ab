import {
  CertificateAuthority,
  createCertificateAuthority,
} from '../kubernetes/tls/certificates';
import { Stranger } from './faults/Stranger';
import { VendorFaults } from './faults/VendorFaults';
import { CertificateMint } from './network/CertificateMint';
import { ConnectProxy } from './network/ConnectProxy';
import { Directory } from './network/Directory';
import { RequestLog } from './RequestLog';
import { SimulatedVendor } from './SimulatedVendor';
import { VendorService } from './VendorService';

/** How a world of vendors is started. */
export interface VendorWorldOptions {
  vendors: readonly SimulatedVendor[];
  /** Address to listen on; 127.0.0.1 by default. */
  host?: string;
  /** 0, the default, takes a free port. */
  port?: number;
  /** Signs the vendors' certificates; a new one by default. */
  authority?: CertificateAuthority;
}

/** Vendors under their own names, behind one proxy. */
export interface VendorWorld {
  /** `http://host:port` of the proxy through which all names lead here. */
  readonly proxyUrl: string;
  /** PEM of the authority that signed the vendors' certificates. */
  readonly ca: string;
  readonly vendors: readonly SimulatedVendor[];
  readonly faults: VendorFaults;
  /** What reached any host. */
  readonly requests: RequestLog;
  stop(): Promise<void>;
}

/**
 * Starts a proxy that ends the connections to the vendors' hosts itself, with
 * certificates of its own authority. Other hosts are refused with 502: nothing
 * leaves the machine.
 *
 * @throws Error of the socket when the port is taken, or one that names a
 * wrong host of a vendor
 */
export async function startVendorWorld(
  options: VendorWorldOptions,
): Promise<VendorWorld> {
  const { host = '127.0.0.1', port = 0, vendors } = options;
  const authority = options.authority ?? (await createCertificateAuthority());
  const faults = new VendorFaults();
  const requests = new RequestLog();
  const stranger = new Stranger();
  const service = new VendorService({ faults, requests, stranger });
  const proxy = new ConnectProxy({
    directory: new Directory([...vendors, stranger]),
    mint: new CertificateMint(authority),
    certificateProblem: destination =>
      faults.certificateProblem(destination.host),
    serve: (destination, incoming, outgoing) => {
      service
        .serve(destination, incoming, outgoing)
        .catch(() => incoming.socket.destroy());
    },
  });
  const bound = await proxy.listen(host, port);
  return {
    proxyUrl: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    ca: authority.ca,
    vendors,
    faults,
    requests,
    stop: () => proxy.close(),
  };
}
