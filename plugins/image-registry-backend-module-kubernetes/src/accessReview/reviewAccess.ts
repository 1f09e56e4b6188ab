import {
  AccessPurpose,
  AccessReview,
  MissingAccess,
  WorkloadPlace,
} from '@slipway/backstage-plugin-image-registry-common';
import { DriverError } from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { AccessRule, accessPurposes, isReading, rulesFor } from './purposes';
import { roleYaml } from './roleYaml';

const REVIEWS = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
const WHO_AM_I = '/apis/authentication.k8s.io/v1/selfsubjectreviews';

/** Who reads and who writes a place: may be two credentials. */
export interface PlaceClients {
  reader: ClusterClient;
  writer: ClusterClient;
}

/**
 * Asks the API server for each verb that the purposes need, and writes the
 * Role that would grant what is missing.
 * @throws DriverError when the cluster does not answer
 */
export async function reviewAccess(
  { reader, writer }: PlaceClients,
  place: WorkloadPlace,
  options: { purposes?: readonly AccessPurpose[]; signal?: AbortSignal } = {},
): Promise<AccessReview> {
  const { purposes = accessPurposes, signal } = options;
  const found = await Promise.all(
    purposes.map(async purpose => {
      const client = isReading(purpose) ? reader : writer;
      const rules =
        purpose === 'deploy' && writer !== reader
          ? withGet(rulesFor(purpose))
          : rulesFor(purpose);
      const missing = await missingFor(client, place, rules, signal);
      return { purpose, ok: missing.length === 0, missing };
    }),
  );
  const user = await whoAmI(writer, signal);
  const lacking = found.flatMap(({ missing }) => missing);
  return {
    cluster: place.cluster,
    namespace: place.namespace,
    user,
    purposes: found,
    role:
      lacking.length > 0
        ? roleYaml({ namespace: place.namespace, user, missing: lacking })
        : undefined,
  };
}

/** A credential that only deploys reads what it is about to write. */
function withGet(rules: readonly AccessRule[]): AccessRule[] {
  return rules.map(rule => ({ ...rule, verbs: ['get', ...rule.verbs] }));
}

async function missingFor(
  client: ClusterClient,
  { namespace }: WorkloadPlace,
  rules: readonly AccessRule[],
  signal: AbortSignal | undefined,
): Promise<MissingAccess[]> {
  const wanted = rules.flatMap(({ group, resources, verbs }) =>
    resources.flatMap(resource =>
      verbs.map(verb => ({ group, resource, verb })),
    ),
  );
  const allowed = await Promise.all(
    wanted.map(each => isAllowed(client, namespace, each, signal)),
  );
  return wanted.filter((_, index) => !allowed[index]);
}

async function isAllowed(
  client: ClusterClient,
  namespace: string,
  { group, resource: written, verb }: MissingAccess,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const [resource, subresource] = written.split('/');
  const { status } = await client.json<{ status?: { allowed?: boolean } }>({
    method: 'POST',
    path: REVIEWS,
    content: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: {
        resourceAttributes: { namespace, group, resource, subresource, verb },
      },
    },
    signal,
  });
  return status?.allowed ?? false;
}

/** Clusters before 1.28 do not tell. */
async function whoAmI(
  client: ClusterClient,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  try {
    const { status } = await client.json<{
      status?: { userInfo?: { username?: string } };
    }>({
      method: 'POST',
      path: WHO_AM_I,
      content: {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'SelfSubjectReview',
      },
      signal,
    });
    return status?.userInfo?.username;
  } catch (error) {
    if (error instanceof DriverError && !error.transient) {
      return undefined;
    }
    throw error;
  }
}
