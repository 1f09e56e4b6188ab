import { Dispatcher, ProxyAgent, request } from 'undici';
import { VendorWorld } from '../VendorWorld';

/** One answer, its body as text and, where it is JSON, parsed. */
export interface WorldAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  json: unknown;
}

/** Calls hosts of a world through its proxy, trusting its authority. */
export class WorldClient {
  private readonly agent: ProxyAgent;

  constructor(world: Pick<VendorWorld, 'ca' | 'proxyUrl'>) {
    this.agent = new ProxyAgent({
      uri: world.proxyUrl,
      requestTls: { ca: world.ca },
    });
  }

  /** Sends exactly this request: redirects are answers. */
  async call(
    url: string,
    options: {
      method?: Dispatcher.HttpMethod;
      headers?: Record<string, string>;
      body?: string | Buffer;
    } = {},
  ): Promise<WorldAnswer> {
    const { statusCode, headers, body } = await request(url, {
      dispatcher: this.agent,
      ...options,
    });
    const text = await body.text();
    return { status: statusCode, headers, text, json: parse(text) };
  }

  close(): Promise<void> {
    return this.agent.destroy();
  }
}

/** The header for a user name and a password. */
export function basic(username: string, password: string) {
  const pair = Buffer.from(`${username}:${password}`).toString('base64');
  return { authorization: `Basic ${pair}` };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
