import { Entity, RELATION_PART_OF } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import {
  Environment,
  WorkloadPlace,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';
import { ownersOf } from '../access';
import { environmentOf, findConfirmedSystems } from '../targets';

/**
 * Lets a component be made only where an environment says so: nothing runs
 * there yet whose label could speak for it, and the portal's credential may
 * write more than one team's namespaces.
 *
 * @param lookUp - an entity of the catalog as the portal itself sees it
 * @throws NotAllowedError saying what the environment would have to list
 */
export async function requirePlace(
  entity: Entity,
  place: WorkloadPlace,
  environments: readonly Environment[],
  lookUp: (entityRef: string) => Promise<Entity | undefined>,
): Promise<Environment> {
  const environment = environmentOf(environments, place);
  const where = `${place.cluster}/${place.namespace}`;
  if (!environment) {
    throw refusal(
      NotAllowedError,
      because(
        'place-in-no-environment',
        `${where} is in no environment; an environment with this namespace has to list the owner or the system`,
        { place: where },
      ),
    );
  }
  const owners = ownersOf(entity);
  const systems = await findConfirmedSystems(entity, [environment], lookUp);
  const isListed =
    environment.owners.some(ref => owners.includes(ref.toLowerCase())) ||
    environment.systems.some(ref => systems.includes(ref.toLowerCase()));
  if (!isListed) {
    const system = (entity.relations ?? []).find(
      ({ type }) => type === RELATION_PART_OF,
    );
    const wanted = [...owners, ...(system ? [system.targetRef] : [])];
    throw refusal(
      NotAllowedError,
      because(
        'place-not-listed',
        `Environment ${environment.name} lists neither ${wanted.join(
          ' nor ',
        )}, so nothing of it is made in ${where}`,
        {
          environment: environment.name,
          wanted: wanted.join(', '),
          place: where,
        },
      ),
    );
  }
  return environment;
}
