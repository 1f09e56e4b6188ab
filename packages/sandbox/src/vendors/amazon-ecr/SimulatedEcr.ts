import { seedVendorImages } from '../registry/seedVendorImages';
import { VendorRegistry } from '../registry/VendorRegistry';
import { SimulatedVendor } from '../SimulatedVendor';
import { VendorAnswer } from '../VendorAnswer';
import { VendorClock } from '../VendorClock';
import { VendorRequest } from '../VendorRequest';
import { ecrPlace } from './accounts';
import { answerAwsJson, AwsOperation } from './awsJson';
import { ecrOperations } from './ecrApi';
import { ecrPublicOperations } from './ecrPublicApi';
import { Identities } from './Identities';
import { answerSts } from './stsApi';

const PUBLIC_HOST = 'public.ecr.aws';
const STORAGE =
  'prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com';

/**
 * Amazon ECR of one account in one region, ECR Public, and the part of STS
 * that assumes roles. Requests to the APIs are signed for real.
 */
export class SimulatedEcr implements SimulatedVendor {
  readonly id = 'amazon-ecr';
  readonly hosts = [
    ecrPlace.host,
    ecrPlace.apiHost,
    ecrPlace.publicApiHost,
    // One in each region; roles are the same in all.
    'sts.*.amazonaws.com',
    PUBLIC_HOST,
    STORAGE,
  ];
  readonly registry: VendorRegistry;
  readonly publicRegistry: VendorRegistry;
  private readonly identities: Identities;
  private readonly operations: Readonly<
    Record<string, Readonly<Record<string, AwsOperation>>>
  >;

  /** @param seed - false for empty registries */
  static create({
    clock = new VendorClock(),
    seed = true,
  }: { clock?: VendorClock; seed?: boolean } = {}): SimulatedEcr {
    const ecr = new SimulatedEcr(clock);
    if (seed) {
      seedVendorImages(ecr.registry, 'shop');
      seedVendorImages(ecr.publicRegistry, ecrPlace.alias);
      ecr.publicRegistry.add({ repository: 'nginx/nginx', tags: ['stable'] });
    }
    return ecr;
  }

  private constructor(clock: VendorClock) {
    this.identities = new Identities(clock);
    const users = (username: string, password: string) =>
      this.identities.mayPull(username, password) ? { username } : undefined;
    this.registry = new VendorRegistry({
      clock,
      storage: `https://${STORAGE}`,
      access: { mode: 'basic', users, realm: `https://${ecrPlace.host}/` },
    });
    this.publicRegistry = new VendorRegistry({
      clock,
      access: {
        mode: 'token',
        realm: `https://${PUBLIC_HOST}/token/`,
        service: PUBLIC_HOST,
        users,
        anonymousActions: ['pull'],
        allowPost: false,
      },
    });
    this.operations = {
      [ecrPlace.apiHost]: ecrOperations(this.registry.content, this.identities),
      [ecrPlace.publicApiHost]: ecrPublicOperations(
        this.publicRegistry.content,
        this.identities,
      ),
    };
  }

  async handle(request: VendorRequest): Promise<VendorAnswer | undefined> {
    const { host } = request;
    if (host.startsWith('sts.')) {
      return answerSts(request, this.identities);
    }
    if (this.operations[host]) {
      return answerAwsJson(request, this.identities, this.operations[host]);
    }
    return host === PUBLIC_HOST
      ? this.publicRegistry.handle(request)
      : this.registry.handle(request);
  }
}
