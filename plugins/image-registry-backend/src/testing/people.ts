import {
  BackstageCredentials,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Entity, RELATION_OWNED_BY } from '@backstage/catalog-model';
import { AuthenticationError, NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  Permission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { ServerPermissionClient } from '@backstage/plugin-permission-node';
import {
  deploymentApprovePermission,
  deploymentEmergencyPermission,
} from '@slipway/backstage-plugin-image-registry-common';

/** Everybody a test may act as. */
export const callers = [
  'admin',
  'owner',
  'second-owner',
  'outsider',
  'restricted-service',
  'unrestricted-service',
  'nobody',
] as const;
/** {@inheritDoc callers} */
export type Caller = (typeof callers)[number];

const groups: Partial<Record<Caller, string>> = {
  admin: 'group:default/admins',
  owner: 'group:default/team-shop',
  'second-owner': 'group:default/team-shop',
  outsider: 'group:default/team-other',
};

/** What the token of the restricted service may do. */
export const restrictedTo = [
  'imageRegistry.deployment.create',
  'imageRegistry.deployment.read',
];

/** The header that makes a request this caller's; the empty one is nobody's. */
export function as(caller: Caller): Record<string, string> {
  return caller === 'nobody' ? {} : { authorization: `Bearer ${caller}` };
}

function credentialsOf(caller: Caller): BackstageCredentials {
  switch (caller) {
    case 'nobody':
      return mockCredentials.none();
    case 'restricted-service':
      return mockCredentials.service('external:deployer', {
        permissionNames: restrictedTo,
      });
    case 'unrestricted-service':
      return mockCredentials.service('external:everything');
    default:
      return mockCredentials.user(`user:default/${caller}`);
  }
}

function ownership(userRef: string): string[] {
  const caller = userRef.replace('user:default/', '') as Caller;
  const group = groups[caller];
  return group ? [userRef, group] : [userRef];
}

/** Takes the caller's name for a token. */
export const httpAuth: HttpAuthService = {
  async credentials(request, options) {
    const token = /^Bearer (\S+)$/.exec(
      request.headers.authorization ?? '',
    )?.[1];
    const caller = callers.find(each => each === token) ?? 'nobody';
    const credentials = credentialsOf(caller);
    const { type } = credentials.principal as { type: 'user' };
    const allowed = options?.allow ?? ['user', 'service', 'none'];
    if (!allowed.includes(type as never)) {
      throw caller === 'nobody'
        ? new AuthenticationError('Missing credentials')
        : new NotAllowedError(`This route is not for a ${type}`);
    }
    return credentials as never;
  },
  async issueUserCookie() {
    return { expiresAt: new Date() };
  },
};

export const userInfo = mockServices.userInfo.mock({
  getUserInfo: async credentials => {
    const { userEntityRef } = credentials.principal as {
      userEntityRef: string;
    };
    return {
      userEntityRef,
      ownershipEntityRefs: ownership(userEntityRef),
    };
  },
});

/** Who is in the groups of environments is asked by the plugin itself. */
const askedByThePlugin = new Set([
  deploymentApprovePermission.name,
  deploymentEmergencyPermission.name,
]);

/**
 * A permission policy: administrators may do everything, everybody signed in
 * may read what is not hidden, owners of a component may do what concerns it.
 * Services are held to their restrictions by the framework's own client.
 */
export function ownershipPermissions(
  entities: () => Entity[],
  hidden: () => string[],
): PermissionsService {
  const framework = ServerPermissionClient.fromConfig(
    mockServices.rootConfig({ data: { permission: { enabled: true } } }),
    { auth: mockServices.auth(), discovery: mockServices.discovery() },
  );
  const decide = (
    permission: Permission,
    userRef: string,
    resourceRef: string | undefined,
  ): PolicyDecision & {
    result: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
  } => {
    const mine = ownership(userRef);
    const entity = entities().find(
      each =>
        `component:${each.metadata.namespace ?? 'default'}/${
          each.metadata.name
        }` === resourceRef,
    );
    const owned = (entity?.relations ?? []).some(
      ({ type, targetRef }) =>
        type === RELATION_OWNED_BY && mine.includes(targetRef),
    );
    const concernsEntity =
      'resourceType' in permission &&
      permission.resourceType === 'catalog-entity';
    const allowed =
      mine.includes('group:default/admins') ||
      (permission.attributes.action === 'read'
        ? !resourceRef || owned || !hidden().includes(resourceRef)
        : (concernsEntity && owned) || askedByThePlugin.has(permission.name));
    return { result: allowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY };
  };
  const userOf = (credentials: unknown) =>
    (credentials as { principal: { userEntityRef?: string } }).principal
      .userEntityRef;
  return {
    async authorize(requests, options) {
      const user = userOf(options.credentials);
      return user
        ? requests.map(request =>
            decide(request.permission, user, request.resourceRef),
          )
        : framework.authorize(requests, options);
    },
    async authorizeConditional(queries, options) {
      const user = userOf(options.credentials);
      return user
        ? queries.map(query =>
            decide(query.permission, user, query.resourceRef),
          )
        : framework.authorizeConditional(queries, options);
    },
  };
}

export const allowEverything: PermissionsService = mockServices.permissions({
  result: AuthorizeResult.ALLOW,
});
