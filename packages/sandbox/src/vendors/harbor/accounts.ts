/** A right as Harbor's permission table has it: resource and action. */
export type HarborPermission =
  | 'artifact:list'
  | 'artifact:read'
  | 'notification-policy:create'
  | 'notification-policy:list'
  | 'notification-policy:read'
  | 'notification-policy:update'
  | 'project:read'
  | 'quota:list'
  | 'quota:read'
  | 'repository:list'
  | 'repository:pull'
  | 'repository:read'
  | 'catalog:read';

/** A robot account or a user. */
export interface HarborAccount {
  username: string;
  password: string;
  /** By project; `/` is the system. */
  permissions: Readonly<Record<string, readonly HarborPermission[]>>;
  /** A system administrator may do everything. */
  isAdministrator?: boolean;
  /** The CLI secret of an OIDC user, which the API mostly does not know. */
  isCliSecret?: boolean;
  /** Milliseconds since the epoch; robots alone. */
  expiresAt?: number;
}

const reading: readonly HarborPermission[] = [
  'artifact:list',
  'artifact:read',
  'project:read',
  'quota:read',
  'repository:list',
  'repository:pull',
  'repository:read',
];

const webhooks: readonly HarborPermission[] = [
  'notification-policy:create',
  'notification-policy:list',
  'notification-policy:read',
  'notification-policy:update',
];

/** Who signs in at the simulated harbor.example.com. */
export const harborAccounts = {
  /** Of project `acme`, with all that the portal can use. */
  robot: {
    username: 'robot$acme+portal',
    password: 'HarborRobotSecret0123456789abcdef',
    permissions: { acme: [...reading, ...webhooks] },
  },
  /** Of project `acme`, and may only pull. */
  weakRobot: {
    username: 'robot$acme+pull',
    password: 'HarborPullSecret0123456789abcdefg',
    permissions: { acme: ['repository:pull'] },
  },
  /** Of project `acme`, and may only list. */
  listingRobot: {
    username: 'robot$acme+list',
    password: 'HarborListSecret0123456789abcdefg',
    permissions: { acme: ['artifact:list', 'repository:list'] },
  },
  /** Of the system, for two projects. */
  systemRobot: {
    username: 'robot$portal',
    password: 'HarborSystemSecret0123456789abcde',
    permissions: {
      '/': ['catalog:read', 'quota:list', 'quota:read'],
      acme: reading,
      opensource: reading,
    },
  },
  /** Ends on 2 January 2030. */
  endingRobot: {
    username: 'robot$acme+old',
    password: 'HarborOldSecret0123456789abcdefgh',
    permissions: { acme: reading },
    expiresAt: Date.parse('2030-01-02T00:00:00Z'),
  },
  /** A guest of project `acme`. */
  guest: {
    username: 'ada',
    password: 'HarborPasswordOfAda',
    permissions: { acme: reading },
  },
  /** A guest of project `acme` who signs in by OIDC. */
  oidcUser: {
    username: 'grace',
    password: 'HarborCliSecretOfGrace0123456789',
    permissions: { acme: reading },
    isCliSecret: true,
  },
  administrator: {
    username: 'admin',
    password: 'HarborPasswordOfAdmin',
    permissions: {},
    isAdministrator: true,
  },
} as const satisfies Record<string, HarborAccount>;

/** What everybody may do in a public project. */
export const PUBLIC_PERMISSIONS: readonly HarborPermission[] = [
  'artifact:list',
  'artifact:read',
  'project:read',
  'repository:list',
  'repository:pull',
  'repository:read',
];
