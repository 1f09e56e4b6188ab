import {
  IncomingHttpHeaders,
  OutgoingHttpHeaders,
  request as httpRequest,
} from 'node:http';
import { request as httpsRequest } from 'node:https';

/** How to reach a registry, and as whom. */
export interface PushTarget {
  /** `http://host:port` or `https://host:port`. */
  url: string;
  username?: string;
  password?: string;
  /** PEM of the authority to trust. */
  ca?: string;
}

/** An answer with its whole body. */
export interface PushAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

interface PushRequest {
  method: string;
  headers?: OutgoingHttpHeaders;
  body?: Buffer;
}

/** Requests of one client to one registry; signs in when it is asked to. */
export class PushConnection {
  private readonly target: PushTarget;
  private authorization?: string;

  constructor(target: PushTarget) {
    this.target = target;
  }

  /** Sends a request, after a challenge once more; any status is an answer. */
  async send(location: string, request: PushRequest): Promise<PushAnswer> {
    const url = new URL(location, this.target.url);
    const first = await this.exchange(url, request);
    const challenge = first.headers['www-authenticate'];
    if (first.status !== 401 || !challenge) {
      return first;
    }
    this.authorization = await this.answerChallenge(challenge);
    return this.exchange(url, request);
  }

  private async answerChallenge(challenge: string): Promise<string> {
    if (/^basic/i.test(challenge)) {
      return this.basic();
    }
    const parameters = Object.fromEntries(
      [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [
        name,
        value,
      ]),
    );
    const realm = new URL(parameters.realm, this.target.url);
    for (const name of ['service', 'scope']) {
      if (parameters[name]) {
        realm.searchParams.set(name, parameters[name]);
      }
    }
    this.authorization = this.target.username ? this.basic() : undefined;
    const answer = await this.exchange(realm, { method: 'GET' });
    if (answer.status !== 200) {
      throw new Error(`${realm.origin} refused a token: ${answer.status}`);
    }
    return `Bearer ${JSON.parse(answer.body.toString()).token}`;
  }

  private basic(): string {
    const { username = '', password = '' } = this.target;
    const pair = Buffer.from(`${username}:${password}`).toString('base64');
    return `Basic ${pair}`;
  }

  private exchange(url: URL, request: PushRequest): Promise<PushAnswer> {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const outgoing = send(
        url,
        {
          // A kept connection may be closed just as it is used again.
          agent: false,
          method: request.method,
          headers: {
            'User-Agent': 'sandbox-push/1',
            ...(this.authorization && { Authorization: this.authorization }),
            'Content-Length': request.body?.length ?? 0,
            ...request.headers,
          },
          ...(this.target.ca && { ca: this.target.ca }),
        },
        response => {
          const chunks: Buffer[] = [];
          response.on('data', chunk => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(chunks),
            }),
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.end(request.body);
    });
  }
}
