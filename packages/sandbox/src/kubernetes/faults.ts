/** What goes wrong while a fault is set. */
export type FaultEffect =
  /** The connection is reset without an answer. */
  | { kind: 'outage' }
  /** It is served; then the connection is reset instead of the answer. */
  | { kind: 'lost-answer' }
  /** The answer is late by this many real milliseconds. */
  | { kind: 'latency'; milliseconds: number }
  /** A Status of this code: 401, 403, 409, 410, 429, 500, 503, 504. */
  | {
      kind: 'status';
      code: number;
      retryAfterSeconds?: number;
      message?: string;
    }
  /** Open watches end; new ones are cut after this many events (0: at once). */
  | { kind: 'drop-watch'; afterEvents?: number }
  /** Watches get an ERROR event with a 410 Status, then end. */
  | { kind: 'expire-watch' };

/** A fault on demand; parts left out match everything. */
export interface Fault {
  effect: FaultEffect;
  /** HTTP methods, or `WATCH` for watches alone. */
  methods?: string[];
  /** Regular expression on the path with its query. */
  path?: string;
  /** How many requests it hits before it is spent; undefined: until cleared. */
  count?: number;
  /** How many matching requests it lets pass first. */
  skip?: number;
}

interface ActiveFault extends Fault {
  id: string;
  pattern: RegExp;
  skipped: number;
  hits: number;
}

/** Which faults are set, and which of them meet a request. */
export class Faults {
  private active: ActiveFault[] = [];
  private count = 0;
  private readonly listeners = new Set<(fault: Fault) => void>();

  static create(): Faults {
    return new Faults();
  }

  private constructor() {}

  /**
   * Sets a fault beside those that are set already.
   *
   * @returns its id, for clear
   * @throws SyntaxError if the path is no regular expression
   */
  set(fault: Fault): string {
    const id = `fault-${++this.count}`;
    const pattern = new RegExp(fault.path ?? '');
    this.active.push({ ...fault, id, pattern, skipped: 0, hits: 0 });
    this.listeners.forEach(listener => listener(fault));
    return id;
  }

  /** Clears one fault, or all. */
  clear(id?: string): void {
    this.active = id ? this.active.filter(fault => fault.id !== id) : [];
  }

  list(): Array<Fault & { id: string; hits: number }> {
    return this.active.map(
      ({ pattern: _pattern, skipped: _skipped, ...fault }) => fault,
    );
  }

  /** Called with each fault when it is set: open watches are hit at once. */
  onSet(listener: (fault: Fault) => void): void {
    this.listeners.add(listener);
  }

  /** The effects that hit a request; counts them. */
  hit(request: {
    method: string;
    path: string;
    isWatch: boolean;
  }): FaultEffect[] {
    const hits = this.active.filter(fault => this.meets(fault, request));
    for (const fault of hits) {
      fault.hits++;
    }
    this.active = this.active.filter(
      fault => fault.count === undefined || fault.hits < fault.count,
    );
    return hits.map(fault => fault.effect);
  }

  private meets(
    fault: ActiveFault,
    request: { method: string; path: string; isWatch: boolean },
  ): boolean {
    const onlyWatches =
      fault.effect.kind === 'drop-watch' ||
      fault.effect.kind === 'expire-watch';
    const methods = fault.methods?.map(method => method.toUpperCase());
    const method = request.isWatch ? ['GET', 'WATCH'] : [request.method];
    if (
      (onlyWatches && !request.isWatch) ||
      (methods && !method.some(name => methods.includes(name))) ||
      !fault.pattern.test(request.path)
    ) {
      return false;
    }
    if (fault.skipped < (fault.skip ?? 0)) {
      fault.skipped++;
      return false;
    }
    return true;
  }
}
