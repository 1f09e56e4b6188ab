import { Cluster } from '../cluster';
import { ApiObject, ControllerRevision, PodTemplate } from '../objects';
import { controllerRevisions } from '../resources/kinds';
import {
  controlledBy,
  controllerWrite,
  ownerReference,
  templateHash,
} from './pods';

/** Label of a pod that says which revision it was made from. */
export const REVISION_LABEL = 'controller-revision-hash';

/** The ControllerRevision of a template, made when it is not there yet. */
export function revisionFor(
  cluster: Cluster,
  owner: ApiObject,
  template: PodTemplate,
): ControllerRevision {
  const { namespace } = owner.metadata;
  const hash = templateHash(template);
  const name = `${owner.metadata.name}-${hash}`;
  const known = cluster.store.get<ControllerRevision>(
    controllerRevisions,
    namespace,
    name,
  );
  if (known) {
    return known;
  }
  const revisions = controlledBy<ControllerRevision>(
    cluster.store,
    owner,
    controllerRevisions,
  );
  return cluster.create<ControllerRevision>(
    controllerRevisions,
    {
      kind: 'ControllerRevision',
      apiVersion: 'apps/v1',
      metadata: {
        name,
        namespace,
        uid: '',
        resourceVersion: '',
        creationTimestamp: '',
        labels: {
          ...template.metadata?.labels,
          'controller.kubernetes.io/hash': hash,
        },
        ownerReferences: [ownerReference(owner)],
      },
      data: { spec: { template } },
      revision: Math.max(0, ...revisions.map(({ revision }) => revision)) + 1,
    },
    controllerWrite('apps/v1'),
  );
}

/** Looks a revision up by its name. */
export function findRevision(
  cluster: Cluster,
  namespace: string | undefined,
  name: string | undefined,
): ControllerRevision | undefined {
  return name
    ? cluster.store.get<ControllerRevision>(
        controllerRevisions,
        namespace,
        name,
      )
    : undefined;
}
