import { Cluster } from '../cluster';
import { AnyObject } from '../objects';
import { ResourceKind, namespaces, pods } from '../resources/kinds';
import { StatusError, detailsOf, qualifiedName } from '../status';
import { assertWithinQuota } from './quota';

/**
 * What the API server's admission refuses about a new object, also of the
 * pods that controllers make.
 *
 * @throws StatusError 403 in a namespace that ends or over its quota, 403 or
 *   422 by a policy
 */
export function assertAdmitted(
  cluster: Cluster,
  resource: ResourceKind,
  object: AnyObject,
): void {
  const { namespace = '', name } = object.metadata;
  const home = resource.namespaced
    ? cluster.store.get(namespaces, undefined, namespace)
    : undefined;
  if (home?.metadata.deletionTimestamp) {
    throw new StatusError(
      403,
      'Forbidden',
      `${qualifiedName(
        resource,
      )} "${name}" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`,
      {
        ...detailsOf(resource, resource.plural, name),
        causes: [
          {
            reason: 'NamespaceTerminating',
            message: `namespace ${namespace} is being terminated`,
            field: 'metadata.namespace',
          },
        ],
      },
    );
  }
  cluster.policies.assertAllowed(resource, object);
  if (resource === pods) {
    assertWithinQuota(cluster.store, object);
  }
}
