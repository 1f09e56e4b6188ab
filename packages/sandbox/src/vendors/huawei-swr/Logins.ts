import { createHmac, randomBytes } from 'node:crypto';
import { VendorClock } from '../VendorClock';
import { HuaweiKeys } from './accounts';

const DAY = 24 * 60 * 60 * 1000;

/** Logins of the registry: made of access keys, or given out for a day. */
export class Logins {
  private readonly issued = new Map<string, number>();

  constructor(
    private readonly clock: VendorClock,
    private readonly known: readonly HuaweiKeys[],
    private readonly region: string,
  ) {}

  issue(): { username: string; password: string; expiresAt: Date } {
    const username = `${this.region}@TEMP${randomBytes(8).toString('hex')}`;
    const password = randomBytes(32).toString('hex');
    const until = this.clock.now() + DAY;
    this.issued.set(`${username}:${password}`, until);
    return { username, password, expiresAt: new Date(until) };
  }

  /** As the page on long-term login commands tells how they are made. */
  acceptsDerived(username: string, password: string): boolean {
    return this.known.some(
      ({ accessKey, secretKey }) =>
        username === `${this.region}@${accessKey}` &&
        password ===
          createHmac('sha256', secretKey).update(accessKey).digest('hex'),
    );
  }

  acceptsTemporary(username: string, password: string): boolean {
    const until = this.issued.get(`${username}:${password}`);
    return until !== undefined && until > this.clock.now();
  }
}
