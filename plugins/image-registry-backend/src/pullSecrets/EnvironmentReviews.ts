import {
  Environment,
  EnvironmentReview,
  NamespaceReview,
  PlaceReview,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import { PlaceOperations } from '@slipway/backstage-plugin-image-registry-node';
import { noEnvironment } from '../http';
import { PullLoginRefusedError, RegistryService } from '../registries';
import { Drivers, EnvironmentStore } from '../targets';
import { FoundNamespaces, findNamespaces } from './findNamespaces';
import { mapInTurns } from './mapInTurns';

/** What {@link EnvironmentReviews} is made of. */
export interface EnvironmentReviewsOptions {
  drivers: Drivers;
  environments: EnvironmentStore;
  registries: RegistryService;
}

/** Namespaces of one cluster that one review asks for. */
const MOST_NAMESPACES = 200;
/** Namespaces of one cluster that are asked for at once. */
const AT_ONCE = 6;

/** What pods of a namespace have to sign in to. */
type Login =
  | { kind: 'none' }
  | { kind: 'host'; host: string }
  | { kind: 'refused'; reason: Reason };

/** Tells how each namespace of an environment stands. */
export class EnvironmentReviews {
  constructor(private readonly options: EnvironmentReviewsOptions) {}

  /** @throws NotFoundError */
  async review(id: string, signal?: AbortSignal): Promise<EnvironmentReview> {
    const { drivers, environments } = this.options;
    const environment = (await environments.list()).find(
      candidate => candidate.id === id,
    );
    if (!environment) {
      throw noEnvironment(id);
    }
    const registryId = await registryOf(this.options.registries, environment);
    const [login, found] = await Promise.all([
      this.#login(registryId),
      findNamespaces(drivers, environment, signal),
    ]);
    return {
      environmentId: id,
      registryId,
      refusal: login.kind === 'refused' ? login.reason : undefined,
      places: await Promise.all(
        found.map(each => this.#reviewPlace(each, login, signal)),
      ),
    };
  }

  async #reviewPlace(
    { cluster, names, complete, failure }: FoundNamespaces,
    login: Login,
    signal: AbortSignal | undefined,
  ): Promise<PlaceReview> {
    const asked = names.slice(0, MOST_NAMESPACES);
    const skipped = names.length - asked.length;
    if (failure !== undefined) {
      return { cluster, failure, complete, namespaces: [], skipped };
    }
    try {
      const driver = await this.options.drivers.places({ cluster });
      const namespaces = await mapInTurns(asked, AT_ONCE, namespace =>
        reviewOne(driver, { cluster, namespace }, login, signal),
      );
      return { cluster, complete, namespaces, skipped };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { cluster, failure: message, complete, namespaces: [], skipped };
    }
  }

  async #login(registryId: string | undefined): Promise<Login> {
    if (!registryId) {
      return { kind: 'none' };
    }
    try {
      const login = await this.options.registries.pullLogin(registryId);
      return login ? { kind: 'host', host: login.host } : { kind: 'none' };
    } catch (error) {
      if (error instanceof PullLoginRefusedError) {
        return { kind: 'refused', reason: error.reason };
      }
      const message = error instanceof Error ? error.message : String(error);
      return {
        kind: 'refused',
        reason: {
          code: 'pull-login-unknown',
          message: `The login for clusters could not be read: ${message}`,
          params: { message },
        },
      };
    }
  }
}

/** The environment's own registry, else the portal's default one. */
export async function registryOf(
  registries: Pick<RegistryService, 'list'>,
  { defaultRegistryId }: Environment,
): Promise<string | undefined> {
  const all = await registries.list();
  return (
    all.find(({ id }) => id === defaultRegistryId) ??
    all.find(({ isDefault }) => isDefault)
  )?.id;
}

async function reviewOne(
  driver: PlaceOperations,
  place: { cluster: string; namespace: string },
  login: Login,
  signal: AbortSignal | undefined,
): Promise<NamespaceReview> {
  const [access, pull] = await Promise.all([
    driver.accessReview(place, { purposes: ['deploy'], signal }),
    pullState(driver, place, login, signal),
  ]);
  const missing = access.purposes.flatMap(purpose => purpose.missing);
  return {
    namespace: place.namespace,
    deploy: { ok: missing.length === 0, missing },
    pull,
  };
}

async function pullState(
  driver: PlaceOperations,
  place: { cluster: string; namespace: string },
  login: Login,
  signal: AbortSignal | undefined,
): Promise<NamespaceReview['pull']> {
  if (login.kind === 'none') {
    return { state: 'not-needed' };
  }
  if (login.kind === 'refused') {
    return { state: 'unknown', reason: login.reason };
  }
  const access = await driver.pullAccess(
    { place, host: login.host },
    { signal },
  );
  if (!access.known) {
    return { state: 'unknown', reason: access.reason };
  }
  return { state: access.ok ? 'ok' : 'missing', reason: access.reason };
}
