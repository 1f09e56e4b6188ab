import { randomBytes } from 'node:crypto';
import { VendorClock } from '../VendorClock';

/** A temporary login as GetAuthorizationToken gives it out. */
export interface TemporaryLogin {
  username: string;
  password: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

const HOUR = 60 * 60 * 1000;

/** Logins that end an hour after they were given out. */
export class TemporaryLogins {
  private readonly issued = new Map<string, number>();

  constructor(private readonly clock: VendorClock) {}

  issue(): TemporaryLogin {
    const password = randomBytes(24).toString('base64url');
    const expiresAt = this.clock.now() + HOUR;
    this.issued.set(password, expiresAt);
    return { username: 'cr_temp_user', password, expiresAt };
  }

  accepts(username: string, password: string): boolean {
    const until = this.issued.get(password);
    return (
      username === 'cr_temp_user' &&
      until !== undefined &&
      until > this.clock.now()
    );
  }
}
