import { parseBasic } from '../../registry/access/AccessControl';
import { VendorRequest } from '../VendorRequest';

/** What signs in at the simulated Nexus. */
export const nexusAccounts = {
  /** Browses and reads the repositories for images. */
  portal: {
    username: 'portal',
    password: 'nexus-portal-password',
    /** The user token of the same account. */
    tokenName: 'cGlHdXNlcnRva2Vu',
    tokenPass: 'c2VjcmV0LXVzZXItdG9rZW4tcGFzcw',
  },
  /** May also make webhooks. */
  admin: { username: 'admin', password: 'nexus-admin-password' },
  /** Signs in, and has no privilege. */
  weak: { username: 'newcomer', password: 'nexus-newcomer-password' },
} as const;

/** Who calls, and what the privileges let them do. */
export interface NexusCaller {
  username: string;
  mayRead: boolean;
  mayAdminister: boolean;
}

/** @returns undefined for nobody; `refused` for a wrong password */
export function callerOf({
  headers,
}: Pick<VendorRequest, 'headers'>): NexusCaller | 'refused' | undefined {
  if (headers.authorization === undefined) {
    return undefined;
  }
  const { admin, portal, weak } = nexusAccounts;
  const login = parseBasic(headers.authorization);
  const is = (username: string, password: string) =>
    login?.username === username && login.password === password;
  if (
    is(portal.username, portal.password) ||
    is(portal.tokenName, portal.tokenPass)
  ) {
    return { username: portal.username, mayRead: true, mayAdminister: false };
  }
  if (is(admin.username, admin.password)) {
    return { username: admin.username, mayRead: true, mayAdminister: true };
  }
  return is(weak.username, weak.password)
    ? { username: weak.username, mayRead: false, mayAdminister: false }
    : 'refused';
}
