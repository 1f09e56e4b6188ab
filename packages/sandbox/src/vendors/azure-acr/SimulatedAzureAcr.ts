import { TokenAccess } from '../../registry/access/TokenAccess';
import { seedVendorImages } from '../registry/seedVendorImages';
import { VendorRegistry } from '../registry/VendorRegistry';
import { SimulatedVendor } from '../SimulatedVendor';
import { VendorAnswer } from '../VendorAnswer';
import { VendorClock } from '../VendorClock';
import { VendorRequest } from '../VendorRequest';
import { AzureSignIn } from './accounts';
import { answerAcrApi } from './api';
import { answerResourceManager, AzureWebhook } from './resourceManager';

const HOST = 'acme.azurecr.io';
const ENTRA = 'login.microsoftonline.com';
const MANAGEMENT = 'management.azure.com';
const STORAGE = 'eusmanaged1.blob.core.windows.net';

/**
 * Azure Container Registry: the API of learn.microsoft.com/rest/api/
 * containerregistry, its token service, what of Microsoft Entra ID signs
 * service principals in, and what of Azure Resource Manager makes webhooks.
 */
export class SimulatedAzureAcr implements SimulatedVendor {
  readonly id = 'azure-acr';
  readonly hosts = [HOST, ENTRA, MANAGEMENT, STORAGE];
  readonly registry: VendorRegistry;
  /** By name. */
  readonly webhooks = new Map<string, AzureWebhook>();
  private readonly access: TokenAccess;
  private readonly signIn: AzureSignIn;

  /** @param seed - false for an empty registry */
  static create({
    clock = new VendorClock(),
    seed = true,
  }: { clock?: VendorClock; seed?: boolean } = {}): SimulatedAzureAcr {
    const azure = new SimulatedAzureAcr(clock);
    if (seed) {
      seedVendorImages(azure.registry, 'acme');
    }
    return azure;
  }

  private constructor(clock: VendorClock) {
    this.signIn = new AzureSignIn(HOST, clock);
    this.access = new TokenAccess({
      mode: 'token',
      realm: `https://${HOST}/oauth2/token`,
      service: HOST,
      users: this.signIn.user,
      now: clock.now,
    });
    this.registry = new VendorRegistry({
      clock,
      storage: `https://${STORAGE}`,
      access: this.access,
    });
  }

  async handle(request: VendorRequest): Promise<VendorAnswer | undefined> {
    const { host, method, path } = request;
    if (host === ENTRA) {
      return method === 'POST' && path.endsWith('/oauth2/v2.0/token')
        ? this.signIn.entraToken(request)
        : undefined;
    }
    if (host === MANAGEMENT) {
      const [, token = ''] =
        /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
      return answerResourceManager(request, this.signIn.applicationOf(token), {
        host: HOST,
        webhooks: this.webhooks,
      });
    }
    if (method === 'POST' && path === '/oauth2/exchange') {
      return this.signIn.exchange(request);
    }
    return (
      (await this.registry.handle(request)) ??
      answerAcrApi(this.registry.content, this.access, request)
    );
  }
}
