import { CheckStep } from '@slipway/backstage-plugin-image-registry-common';
import {
  checkFindings,
  checkStep,
  ExpiringLogin,
  RegistryCallOptions,
  RegistryConnection,
  RegistryError,
  skippedStep,
  TemporaryLogin,
  VendorListing,
} from '@slipway/backstage-plugin-image-registry-node';

/**
 * Checks a registry of AWS in at most four requests, also where a role is
 * assumed: role, login, list, and one to the registry itself, which tells
 * whether it can be reached and whether the login may pull.
 *
 * @param list - asks the API for repositories
 */
export async function checkAws(
  connection: RegistryConnection,
  login: ExpiringLogin,
  options: RegistryCallOptions,
  list: () => Promise<VendorListing>,
): Promise<CheckStep[]> {
  const authenticate = await checkStep('authenticate', async () => {
    await login.get(options);
  });
  let sample: string | undefined;
  const listed = authenticate.ok
    ? await checkStep('list', async () => {
        const { sample: found, ...finding } = await list();
        sample = found;
        return finding;
      })
    : skippedStep('list');
  if (sample === undefined) {
    return [
      await ping(connection, options),
      authenticate,
      listed,
      listed.ok
        ? {
            ...skippedStep('pull', true),
            // ECR Public lists without a sample: its registry knows no Basic.
            ...(listed.reason?.params?.count === '0' &&
              checkFindings.nothingToPull()),
          }
        : skippedStep('pull'),
    ];
  }
  return withPing(
    await pull(connection, login, sample, options),
    authenticate,
    listed,
  );
}

/** What the request to the registry says of the connection to it. */
function withPing(
  { step, answered }: { step: CheckStep; answered: boolean },
  ...between: CheckStep[]
): CheckStep[] {
  return answered
    ? [
        { name: 'ping', ok: true, durationMs: step.durationMs },
        ...between,
        step,
      ]
    : [{ ...step, name: 'ping' }, ...between, skippedStep('pull')];
}

async function pull(
  connection: RegistryConnection,
  login: ExpiringLogin,
  repository: string,
  options: RegistryCallOptions,
): Promise<{ step: CheckStep; answered: boolean }> {
  let answered = false;
  const step = await checkStep('pull', async () => {
    try {
      await listOneTag(connection, login, repository, options);
    } catch (error) {
      answered = error instanceof RegistryError && error.status !== undefined;
      throw error;
    }
    answered = true;
    return { message: repository };
  });
  return { step, answered };
}

/** With another login where the one that is kept was ended before its time. */
async function listOneTag(
  connection: RegistryConnection,
  login: ExpiringLogin,
  repository: string,
  options: RegistryCallOptions,
): Promise<void> {
  const ask = ({ password, username }: TemporaryLogin) =>
    connection.http.request({
      ...options,
      url: `${connection.address}/v2/${repository}/tags/list?n=1`,
      operation: `list the tags of ${repository}`,
      headers: {
        authorization: `Basic ${Buffer.from(`${username}:${password}`).toString(
          'base64',
        )}`,
      },
    });
  const kept = await login.get(options);
  try {
    await ask(kept);
  } catch (error) {
    if (!(error instanceof RegistryError) || error.status !== 401) {
      throw error;
    }
    login.forget(kept.password);
    await ask(await login.get(options));
  }
}

/** Anonymously, where there is nothing to ask the registry for. */
function ping(
  connection: RegistryConnection,
  options: RegistryCallOptions,
): Promise<CheckStep> {
  return checkStep('ping', async () => {
    await connection.http.request({
      ...options,
      url: `${connection.address}/v2/`,
      operation: 'reach the registry',
      acceptStatuses: [401, 403],
    });
  });
}
