const DEFAULT_PORTS = { http: 80, https: 443 } as const;

const PATTERN = /^(?:(https?):\/\/)?([^/:]+)(?::(\d+))?$/;

/**
 * Names that lead to one vendor: `[http://|https://]host[:port]`. A `*` in the
 * host stands for any characters. https on its own port is the default.
 */
export class HostPattern {
  /** @throws Error that names a pattern of another form */
  static parse(text: string): HostPattern {
    const match = PATTERN.exec(text);
    if (!match) {
      throw new Error(`'${text}' is not [http://]host[:port]`);
    }
    const scheme = match[1] === 'http' ? 'http' : 'https';
    const port = match[3] ? Number(match[3]) : DEFAULT_PORTS[scheme];
    const source = match[2]
      .toLowerCase()
      .split('*')
      .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+');
    return new HostPattern(scheme, new RegExp(`^${source}$`), port);
  }

  private constructor(
    readonly scheme: 'http' | 'https',
    private readonly host: RegExp,
    private readonly port: number,
  ) {}

  matches(host: string, port: number): boolean {
    return port === this.port && this.host.test(host.toLowerCase());
  }
}
