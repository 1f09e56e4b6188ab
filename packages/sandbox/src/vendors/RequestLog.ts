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
  /** What it was answered; absent before, and where the answer was cut. */
  answer?: { status: number; location?: string };
}

/** A world in a development portal runs for days. */
const MOST = 2_000;

/** The last requests in the order in which they came. */
export class RequestLog {
  private readonly entries: RecordedRequest[] = [];

  /** @returns what was added, for its answer to be told later */
  add({ method, host, url, headers, body }: VendorRequest): RecordedRequest {
    const added: RecordedRequest = { method, host, url, headers, body };
    this.entries.push(added);
    if (this.entries.length > MOST) {
      this.entries.shift();
    }
    return added;
  }

  /** Requests that a redirect to another origin has led to. */
  redirected(): RecordedRequest[] {
    const locations = this.entries.flatMap(({ answer, url }) => {
      const location = answer?.location && new URL(answer.location, url);
      return location && location.origin !== url.origin ? location.href : [];
    });
    return this.entries.filter(({ url }) => locations.includes(url.href));
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
