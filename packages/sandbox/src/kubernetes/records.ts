/** A write as it arrived, for tests that ask in which order it came. */
export interface RecordedWrite {
  /** Counted from 1, in order of arrival. */
  sequence: number;
  /** ISO 8601 with milliseconds. */
  time: string;
  method: string;
  /** Path with its query. */
  path: string;
  contentType?: string;
  /** Parsed where it was JSON or YAML, else the text. */
  body: unknown;
  /** Short name of the token; undefined if it was not known. */
  token?: string;
  /** Status code of the answer; undefined while it is not given. */
  answer?: number;
}

const KEPT = 10_000;

/** Keeps the last writes in order. */
export class WriteRecords {
  private readonly writes: RecordedWrite[] = [];
  private sequence = 0;

  static create(): WriteRecords {
    return new WriteRecords();
  }

  private constructor() {}

  add(write: Omit<RecordedWrite, 'sequence' | 'time'>): RecordedWrite {
    const record = {
      sequence: ++this.sequence,
      time: new Date().toISOString(),
      ...write,
    };
    this.writes.push(record);
    if (this.writes.length > KEPT) {
      this.writes.shift();
    }
    return record;
  }

  list(): RecordedWrite[] {
    return this.writes.map(write => ({ ...write }));
  }

  clear(): void {
    this.writes.length = 0;
  }
}
