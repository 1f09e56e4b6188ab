import { IncomingHttpHeaders } from 'node:http';
import { VendorRequest } from './VendorRequest';

/** A request that reached a vendor's host. */
export interface RecordedRequest {
  method: string;
  host: string;
  url: URL;
  /** With the credentials: only tests look at them. */
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A world in a development portal runs for days. */
const MOST = 2_000;

/** The last requests in the order in which they came. */
export class RequestLog {
  private readonly entries: RecordedRequest[] = [];

  add({ method, host, url, headers, body }: VendorRequest): void {
    this.entries.push({ method, host, url, headers, body });
    if (this.entries.length > MOST) {
      this.entries.shift();
    }
  }

  /** @param host - only those to this name */
  list(host?: string): RecordedRequest[] {
    return this.entries.filter(each => !host || each.host === host);
  }

  /** Method, host, path and query of each, as in `GET quay.io/v2/`. */
  lines(host?: string): string[] {
    return this.list(host).map(
      ({ method, url }) => `${method} ${url.host}${url.pathname}${url.search}`,
    );
  }

  clear(): void {
    this.entries.length = 0;
  }
}
