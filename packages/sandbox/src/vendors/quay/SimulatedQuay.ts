import { seedVendorImages } from '../registry/seedVendorImages';
import { VendorRegistry } from '../registry/VendorRegistry';
import { SimulatedVendor } from '../SimulatedVendor';
import { VendorAnswer } from '../VendorAnswer';
import { VendorClock } from '../VendorClock';
import { bearerTokenOf, VendorRequest } from '../VendorRequest';
import { answerQuayApi, QuayCaller } from './api';

/** What signs in at the simulated quay.io. */
export const quayAccounts = {
  /** Pushes and pulls in `acme`, and nothing else; not known to the API. */
  robot: { username: 'acme+portal', password: 'quay-robot-password' },
  /** OAuth application token of `acme` with repo:read and user:read. */
  applicationToken: 'quayapplicationtokenofacme0123456789abcd',
  /** The same, without the right to read repositories. */
  weakToken: 'quayapplicationtokenwithoutrights0123456',
} as const;

const HOST = 'quay.io';
const STORAGE = 'https://cdn01.quay.io';

/**
 * quay.io: the API of docs.quay.io/api/swagger and the registry behind it.
 * `acme` is a private organization, `opensource` is for everybody.
 */
export class SimulatedQuay implements SimulatedVendor {
  readonly id = 'quay';
  readonly hosts = [HOST, 'cdn01.quay.io'];
  readonly registry: VendorRegistry;

  /** @param seed - false for an empty registry */
  static create({
    clock = new VendorClock(),
    seed = true,
  }: { clock?: VendorClock; seed?: boolean } = {}): SimulatedQuay {
    const quay = new SimulatedQuay(clock);
    if (seed) {
      seedVendorImages(quay.registry, 'acme');
      quay.registry.add({ repository: 'opensource/tool', tags: ['latest'] });
    }
    return quay;
  }

  private constructor(clock: VendorClock) {
    const { robot } = quayAccounts;
    this.registry = new VendorRegistry({
      clock,
      storage: STORAGE,
      behavior: { mostTagsOfPage: 100 },
      access: {
        mode: 'token',
        realm: `https://${HOST}/v2/auth`,
        service: HOST,
        users: (username, password) =>
          username === robot.username && password === robot.password
            ? {
                username,
                access: [
                  { repository: 'acme/*', actions: ['pull', 'push'] },
                  { repository: 'registry:catalog', actions: ['*'] },
                ],
              }
            : undefined,
        allowPost: false,
      },
    });
  }

  async handle(request: VendorRequest): Promise<VendorAnswer | undefined> {
    return (
      (await this.registry.handle(request)) ??
      answerQuayApi(this.registry.content, callerOf(request), request)
    );
  }
}

function callerOf(request: VendorRequest): QuayCaller {
  switch (bearerTokenOf(request)) {
    case undefined:
      return { kind: 'anonymous' };
    case quayAccounts.applicationToken:
      return { kind: 'application', organization: 'acme', mayRead: true };
    case quayAccounts.weakToken:
      return { kind: 'application', organization: 'acme', mayRead: false };
    default:
      return { kind: 'unknown' };
  }
}
