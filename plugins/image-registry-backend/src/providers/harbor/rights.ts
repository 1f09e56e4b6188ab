import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import {
  advise,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';

/** A right as Harbor names it where robot accounts are edited. */
export interface HarborRight {
  resource:
    | 'Artifact'
    | 'Notification Policy'
    | 'Project'
    | 'Quota'
    | 'Repository';
  action: 'Create' | 'List' | 'Pull' | 'Read' | 'Update';
  /** Absent: over the whole system. */
  project?: string;
}

/**
 * The kinds of accounts. The prefix of robots can be configured, but a project's
 * name and a plus sign always stand before the name of a project's robot.
 */
type AccountKind = 'anonymous' | 'project-robot' | 'system-robot' | 'user';

const robotHint = advise(
  'harbor-check-robot',
  'Check the name as Harbor shows it, with its $, and the secret; and that the robot account is enabled and has not expired',
);

/** What kind of account a name stands for. */
export function accountKindOf(username: string | undefined): AccountKind {
  if (!username) {
    return 'anonymous';
  }
  if (username.includes('+')) {
    return 'project-robot';
  }
  return username.startsWith('robot') || username.includes('$')
    ? 'system-robot'
    : 'user';
}

/**
 * Says which right is missing, and where it is given. Harbor answers 403 also
 * for a project that does not exist.
 *
 * @param cause - the answer, which names vendor, operation and host
 */
export function missingRight(
  { resource, action, project }: HarborRight,
  username: string | undefined,
  cause: RegistryError,
): RegistryError {
  const right = `"${resource}: ${action}"`;
  const who = username ? `The account ${username}` : 'Who is not signed in';
  const where = project
    ? `in project ${project}, or there is no such project`
    : 'over the whole system';
  return new RegistryError(
    'forbidden',
    `${cause.message}. ${who} lacks ${right} ${where}`,
    {
      status: cause.status,
      retryAfterMs: cause.retryAfterMs,
      cause,
      hint: remedy(accountKindOf(username), { resource, action, project }),
    },
  );
}

function remedy(
  kind: AccountKind,
  { resource, action, project }: HarborRight,
): Reason {
  const right = `${resource}: ${action}`;
  switch (kind) {
    case 'anonymous':
      return advise(
        'harbor-sign-in-robot',
        'Sign in with a robot account that may; only public projects are open to everybody',
      );
    case 'project-robot':
      return projectRobotRemedy(right, project);
    case 'system-robot':
      return systemRobotRemedy(right, project);
    default:
      return project
        ? memberRemedy(project, roleFor({ resource, action }))
        : advise(
            'harbor-only-administrator',
            'Only a system administrator of Harbor may do this',
          );
  }
}

function projectRobotRemedy(right: string, project?: string): Reason {
  const tick = `› Robot Accounts, edit the account and tick "${right}". A robot account of one project has no rights in others`;
  return project
    ? advise(
        'harbor-project-robot',
        `In Harbor open Projects › ${project} ${tick}`,
        { project, right },
      )
    : advise('harbor-own-project-robot', `In Harbor open the project ${tick}`, {
        right,
      });
}

function systemRobotRemedy(right: string, project?: string): Reason {
  const tick = `In Harbor open Administration › Robot Accounts, edit the account and tick "${right}"`;
  return project
    ? advise('harbor-system-robot', `${tick} for project ${project}`, {
        project,
        right,
      })
    : advise(
        'harbor-system-permission',
        `${tick} among the system permissions`,
        { right },
      );
}

function memberRemedy(project: string, role: HarborRole): Reason {
  const members = `In Harbor open Projects › ${project} › Members and give the account the role ${role}`;
  return role === 'Project Admin'
    ? advise('harbor-project-admin', members, { project })
    : advise('harbor-member-role', `${members}, or a higher one`, {
        project,
        role,
      });
}

type HarborRole = 'Limited Guest' | 'Maintainer' | 'Project Admin';

/** The least role that has the right, as Harbor's role table has it. */
function roleFor({ resource, action }: HarborRight): HarborRole {
  if (resource !== 'Notification Policy') {
    return 'Limited Guest';
  }
  return action === 'Create' || action === 'Update'
    ? 'Project Admin'
    : 'Maintainer';
}

/** Says why a sign-in may have been refused, beside a wrong password. */
export function refusedSignIn(
  username: string | undefined,
  cause: RegistryError,
): RegistryError {
  const hints: Record<AccountKind, Reason> = {
    anonymous: advise(
      'harbor-give-robot',
      'Give a robot account; only public projects are open',
    ),
    'project-robot': robotHint,
    'system-robot': robotHint,
    user: advise(
      'harbor-check-user',
      'Check the user name and the password. Who signs in to Harbor by OIDC enters the CLI secret of the user profile, which opens lists and images alone; quotas and webhooks need a robot account',
    ),
  };
  return new RegistryError('unauthenticated', cause.message, {
    status: cause.status,
    cause,
    hint: hints[accountKindOf(username)],
  });
}
