import { seedVendorImages } from '../registry/seedVendorImages';
import { VendorRegistry } from '../registry/VendorRegistry';
import { SimulatedVendor } from '../SimulatedVendor';
import { VendorAnswer } from '../VendorAnswer';
import { VendorClock } from '../VendorClock';
import { bearerTokenOf, VendorRequest } from '../VendorRequest';
import { answerQuayApi, QuayCaller } from './api';
import { QuayNotifications } from './notifications';

/** What signs in at the simulated quay.io. */
export const quayAccounts = {
  /** Pushes and pulls in `acme`, and nothing else; not known to the API. */
  robot: { username: 'acme+portal', password: 'quay-robot-password' },
  /** OAuth application token of `acme` with repo:read and user:read. */
  applicationToken: 'quayapplicationtokenofacme0123456789abcd',
  /** The same, without the right to read repositories. */
  weakToken: 'quayapplicationtokenwithoutrights0123456',
  /** The same as the first, with repo:admin. */
  adminToken: 'quayapplicationtokenwithadministration01',
} as const;

const HOST = 'quay.io';
const STORAGE = 'https://quayio-production-s3.s3.amazonaws.com';

/**
 * quay.io: the API of docs.quay.io/api/swagger and the registry behind it.
 * `acme` is a private organization, `opensource` is for everybody.
 */
export class SimulatedQuay implements SimulatedVendor {
  readonly id = 'quay';
  readonly hosts = [HOST, 'quayio-production-s3.s3.amazonaws.com'];
  readonly registry: VendorRegistry;
  readonly notifications = new QuayNotifications();

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
    this.registry = new VendorRegistry({
      clock,
      storage: STORAGE,
      behavior: { mostTagsOfPage: 100 },
      access: {
        mode: 'token',
        realm: `https://${HOST}/v2/auth`,
        service: HOST,
        users: signIn,
        allowPost: false,
      },
    });
  }

  async handle(request: VendorRequest): Promise<VendorAnswer | undefined> {
    return (
      (await this.registry.handle(request)) ??
      answerQuayApi(
        { content: this.registry.content, notifications: this.notifications },
        callerOf(request),
        request,
      )
    );
  }
}

/** A robot account, or an OAuth token under the name that Quay has for them. */
function signIn(username: string, password: string) {
  const { robot, applicationToken, adminToken } = quayAccounts;
  const isRobot = username === robot.username && password === robot.password;
  const isToken =
    username === '$oauthtoken' &&
    [applicationToken, adminToken].some(each => each === password);
  return isRobot || isToken
    ? {
        username,
        access: [
          { repository: 'acme/*', actions: ['pull', 'push'] },
          { repository: 'registry:catalog', actions: ['*'] },
        ],
      }
    : undefined;
}

function callerOf(request: VendorRequest): QuayCaller {
  const application = { kind: 'application', organization: 'acme' } as const;
  switch (bearerTokenOf(request)) {
    case undefined:
      return { kind: 'anonymous' };
    case quayAccounts.applicationToken:
      return { ...application, mayRead: true, mayAdminister: false };
    case quayAccounts.weakToken:
      return { ...application, mayRead: false, mayAdminister: false };
    case quayAccounts.adminToken:
      return { ...application, mayRead: true, mayAdminister: true };
    default:
      return { kind: 'unknown' };
  }
}
