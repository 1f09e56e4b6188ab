import { randomBytes } from 'node:crypto';
import { VendorClock } from '../VendorClock';
import { ecrAccounts, ecrPlace } from './accounts';

/** Someone with an access key. */
export interface Identity {
  arn: string;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  /** Milliseconds since the epoch; temporary keys only. */
  expiresAt?: number;
  mayRead: boolean;
  mayAssume: boolean;
}

const HOUR = 60 * 60 * 1000;

function user(name: string): string {
  return `arn:aws:iam::${ecrPlace.account}:user/${name}`;
}

/** Access keys, those that were handed out, and passwords of registries. */
export class Identities {
  private readonly byKey = new Map<string, Identity>();
  private readonly passwords = new Map<string, number>();

  constructor(private readonly clock: VendorClock) {
    const { ended, portal, weak } = ecrAccounts;
    this.add({
      ...portal,
      arn: user('portal'),
      mayRead: true,
      mayAssume: true,
    });
    this.add({
      ...weak,
      arn: user('nobody'),
      mayRead: false,
      mayAssume: false,
    });
    this.add({
      ...ended,
      arn: user('ended'),
      expiresAt: 0,
      mayRead: true,
      mayAssume: false,
    });
  }

  find(accessKeyId: string): Identity | undefined {
    return this.byKey.get(accessKeyId);
  }

  hasEnded({ expiresAt = Infinity }: Identity): boolean {
    return expiresAt <= this.clock.now();
  }

  /** Temporary keys of the role, for an hour. */
  assumeRole(session: string): Identity {
    return this.add({
      arn: `arn:aws:sts::${ecrPlace.account}:assumed-role/portal/${session}`,
      accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: randomBytes(60).toString('base64'),
      expiresAt: this.clock.now() + HOUR,
      mayRead: true,
      mayAssume: false,
    });
  }

  /** A password for the registries, for 12 hours. */
  issuePassword(): { password: string; expiresAt: number } {
    const password = randomBytes(90).toString('base64');
    const expiresAt = this.clock.now() + 12 * HOUR;
    this.passwords.set(password, expiresAt);
    return { password, expiresAt };
  }

  mayPull(username: string, password: string): boolean {
    const expiresAt = this.passwords.get(password) ?? 0;
    return username === 'AWS' && expiresAt > this.clock.now();
  }

  private add(identity: Identity): Identity {
    this.byKey.set(identity.accessKeyId, identity);
    return identity;
  }
}
