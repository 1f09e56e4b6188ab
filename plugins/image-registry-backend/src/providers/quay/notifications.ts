import {
  advise,
  because,
  foundAt,
  MadeWebhook,
  NewWebhook,
  RegistryCallOptions,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';
import { QuayApi } from './QuayApi';

/** More than a person wants to see appear in Quay at one click. */
const MOST_REPOSITORIES = 50;

interface QuayNotification {
  uuid?: string;
  title?: string | null;
  event?: string;
  method?: string;
}

/**
 * Makes a notification "Push to Repository" by webhook in each repository, and
 * then removes older ones of the same name: Quay cannot change one.
 *
 * @returns where the first one is found
 * @throws RegistryError `unsupported` for no or too many repositories
 */
export async function makeNotifications(
  { api, address }: { api: QuayApi; address: string },
  webhook: NewWebhook,
  repositories: readonly string[],
  options: RegistryCallOptions,
): Promise<MadeWebhook> {
  if (!repositories.length || repositories.length > MOST_REPOSITORIES) {
    throw new RegistryError(
      'unsupported',
      `Quay: did not create the webhooks: it keeps them by repository, and there are ${repositories.length}`,
      {
        hint: advise(
          'quay-name-at-most',
          `Name the repositories that it should tell of, at most ${MOST_REPOSITORIES}`,
          { count: String(MOST_REPOSITORIES) },
        ),
      },
    );
  }
  for (const repository of repositories) {
    await makeNotification(api, webhook, repository, options);
  }
  const [first, ...others] = repositories;
  const location = `${address}/repository/${first}?tab=settings`;
  return others.length
    ? foundAt(
        because(
          'quay-notifications-made',
          `${location} (and in ${others.length} more repositories)`,
          { location, count: String(others.length) },
        ),
      )
    : { location };
}

async function makeNotification(
  api: QuayApi,
  { name, url, secret }: NewWebhook,
  repository: string,
  options: RegistryCallOptions,
): Promise<void> {
  const call = {
    ...options,
    operation: `create the webhook of ${repository}`,
    needs: 'repo:admin',
  } as const;
  const path = `/repository/${repository}/notification/`;
  const before = await api.call({ ...call, path });
  const { notifications } = before.json<{
    notifications?: Array<QuayNotification | null> | null;
  }>();
  await api.call({
    ...call,
    method: 'POST',
    path,
    body: {
      event: 'repo_push',
      method: 'webhook',
      config: { url },
      eventConfig: {},
      title: name,
    },
    secrets: [secret],
  });
  const replaced = (notifications ?? []).flatMap(each =>
    each?.uuid &&
    each.title === name &&
    each.event === 'repo_push' &&
    each.method === 'webhook'
      ? each.uuid
      : [],
  );
  for (const uuid of replaced) {
    await api.call({
      ...call,
      method: 'DELETE',
      path: `/repository/${repository}/notification/${encodeURIComponent(
        uuid,
      )}`,
    });
  }
}
