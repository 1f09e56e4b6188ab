/** What to do at the other vendors: their menus and rights as they write them. */
export const vendorRemedyMessages = {
  'reason.hub-shorter-name': 'Leave out the host, and what stands between',
  'reason.hub-token-permission':
    'Give a personal access token the permission "Repo Read-only", or an organization access token the scope to pull these repositories',
  'reason.hub-check-token':
    'A personal access token goes with the Docker ID of its user, an organization access token with the name of its organization. Where single sign-on is enforced, a password is refused',
  'reason.hub-sign-in': 'Sign in with an access token that may',
  'reason.ghcr-type-or-token':
    'Type the names of public images, or give a personal access token (classic) with read:packages',
  'reason.ghcr-write-name': 'Write it as owner/name',
  'reason.ghcr-wait':
    'Wait: GitHub limits how often its API may be asked; several registries with one token share the limit',
  'reason.ghcr-authorize-sso':
    'The organization asks for SAML single sign-on: on GitHub authorize the token for it (Configure SSO, beside the token)',
  'reason.ghcr-not-github-token':
    'A GITHUB_TOKEN sees the packages of its own repository only; use a personal access token (classic) with read:packages',
  'reason.ghcr-not-fine-grained':
    'GitHub Packages do not accept fine-grained tokens; use a personal access token (classic) with read:packages',
  'reason.ghcr-new-token':
    'GitHub does not know this token, or it has expired; make another personal access token (classic)',
  'reason.ghcr-give-token': 'Give a personal access token (classic)',
  'reason.ghcr-check-spelling':
    'Check the spelling of the owner and of the package; GitHub answers so also for what the token may not see',
  'reason.ghcr-connect-repository':
    'On the page of the package choose Connect Repository, or make the webhook for the whole organization',
  'reason.gitlab-check-address':
    'Check the GitLab address, and that no proxy answers for it',
  'reason.gitlab-unknown-token':
    'GitLab’s API does not know the token: it may be revoked, expired, or a deploy token, which only the registry accepts; use an access token with read_api, or choose Deploy token and type the names of repositories',
  'reason.gitlab-give-scope':
    'Give the token the scope read_api beside read_registry, and its owner the role Reporter in the group or project',
  'reason.gitlab-give-token':
    'Give an access token with read_api and read_registry, or type the names of public repositories',
  'reason.gitlab-type-or-token':
    'Type the names of repositories, or use an access token with read_api and read_registry',
  'reason.gitlab-enter-address': 'Enter the GitLab address',
  'reason.gitlab-check-member':
    'Check the spelling, and that the token’s owner is a member with the role Reporter',
  'reason.gitlab-check-name':
    'Check the spelling: group/project, or group/project/image',
  'reason.gitlab-check-registry':
    'Check that the registry of this GitLab is running',
  'reason.harbor-older':
    'Check the address. An older Harbor can be connected as Docker Registry',
  'reason.harbor-write-project':
    'Write the project before the name, with a slash between',
  'reason.harbor-choose-project':
    'Choose the project, or set one in the settings',
  'reason.harbor-check-artifact': 'It may have been deleted; check the name',
  'reason.harbor-check-name': 'Check the name; it begins with the project',
  'reason.harbor-check-robot':
    'Check the name as Harbor shows it, with its $, and the secret; and that the robot account is enabled and has not expired',
  'reason.harbor-sign-in-robot':
    'Sign in with a robot account that may; only public projects are open to everybody',
  'reason.harbor-only-administrator':
    'Only a system administrator of Harbor may do this',
  'reason.harbor-give-robot':
    'Give a robot account; only public projects are open',
  'reason.harbor-check-user':
    'Check the user name and the password. Who signs in to Harbor by OIDC enters the CLI secret of the user profile, which opens lists and images alone; quotas and webhooks need a robot account',
  'reason.jfrog-write-name': 'Write it as repository-key/image',
  'reason.jfrog-check-key':
    'Check the repository key, and that the account may read the repository',
  'reason.nexus-sign-in-or-anonymous':
    'Sign in with an account that may, or enable anonymous access in Nexus',
  'reason.nexus-enter-api': 'Fill in the API address',
  'reason.nexus-enter-name':
    'Fill in the Repository Name; of a group, also the repositories behind it',
  'reason.nexus-by-hand':
    'Make it by hand as the steps say, or bring Nexus up to date',
  'reason.nexus-check-api':
    'Check that the API address is that of Nexus itself',
  'reason.nexus-check-name':
    'Check the Repository Name, and that the API address is that of Nexus itself',
  'reason.quay-check-address':
    'Check that the address is that of a Quay, and that no proxy answers for it',
  'reason.quay-enter-organization':
    'Enter the organization or user whose repositories you want',
  'reason.quay-check-organization': 'Check the spelling of the organization',
  'reason.quay-new-token':
    'Quay does not know this OAuth application token, or it was revoked; generate another one: Organization › Applications › Generate Token',
  'reason.ghcr-tick-scope':
    'On GitHub open Settings › Developer settings › Personal access tokens › Tokens (classic), edit the token and tick {{scope}}',
  'reason.harbor-held-back':
    'It may have to be scanned or signed first, or its findings are too severe. See Projects › {{project}} › Configuration in Harbor',
  'reason.harbor-project-robot':
    'In Harbor open Projects › {{project}} › Robot Accounts, edit the account and tick "{{right}}". A robot account of one project has no rights in others',
  'reason.harbor-own-project-robot':
    'In Harbor open the project › Robot Accounts, edit the account and tick "{{right}}". A robot account of one project has no rights in others',
  'reason.harbor-system-robot':
    'In Harbor open Administration › Robot Accounts, edit the account and tick "{{right}}" for project {{project}}',
  'reason.harbor-system-permission':
    'In Harbor open Administration › Robot Accounts, edit the account and tick "{{right}}" among the system permissions',
  'reason.harbor-member-role':
    'In Harbor open Projects › {{project}} › Members and give the account the role {{role}}, or a higher one',
  'reason.jfrog-permission':
    'In the JFrog Platform open Administration › User Management › Permissions and give {{account}} "{{permission}}"',
  'reason.jfrog-repository-permission':
    'In the JFrog Platform open Administration › User Management › Permissions and give {{account}} "{{permission}}" on the repository {{repository}}',
  'reason.nexus-privilege':
    'In Nexus open Administration › Security › Roles and add "{{privilege}}" to a role of the account',
  'reason.nexus-browse-privilege':
    'In Nexus open Administration › Security › Roles and add "{{privilege}}" and the same with "read" to a role of the account',
  'reason.quay-lacks-scope':
    'The OAuth application token lacks the scope {{scope}}, or whoever generated it has no such right; generate another one: Organization › Applications › Generate Token',
  'reason.quay-needs-token':
    "Quay's API shows only public repositories without an OAuth application token; generate one with {{scope}}",
  'reason.quay-name-at-most':
    'Name the repositories that it should tell of, at most {{count}}',
  'reason.harbor-project-admin':
    'In Harbor open Projects › {{project}} › Members and give the account the role Project Admin',
} as const;
