import { randomBytes } from 'node:crypto';
import { VendorClock } from '../VendorClock';

const HOUR = 60 * 60 * 1000;

/** Temporary access credentials: they end an hour after they were given out. */
export class AccessCredentials {
  private readonly issued = new Map<string, number>();

  constructor(
    private readonly clock: VendorClock,
    private readonly username: string,
  ) {}

  issue(): { Username: string; Token: string; ExpTime: number } {
    const token = randomBytes(24).toString('base64url');
    const until = this.clock.now() + HOUR;
    this.issued.set(token, until);
    return { Username: this.username, Token: token, ExpTime: until };
  }

  accepts(username: string, token: string): boolean {
    const until = this.issued.get(token);
    return (
      username === this.username &&
      until !== undefined &&
      until > this.clock.now()
    );
  }
}
