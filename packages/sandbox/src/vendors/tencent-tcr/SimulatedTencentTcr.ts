import { createPullRegistry } from '../registry/createPullRegistry';
import { seedVendorImages } from '../registry/seedVendorImages';
import { VendorRegistry } from '../registry/VendorRegistry';
import { SignedVendorOptions, SimulatedVendor } from '../SimulatedVendor';
import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { VendorClock } from '../VendorClock';
import { jsonBodyOf, VendorRequest } from '../VendorRequest';
import { AccessCredentials } from './AccessCredentials';
import { tencentAccounts, tencentKeys } from './accounts';
import {
  describeInstances,
  enterpriseOperations,
  OperationResult,
  TencentParameters,
  TencentTrigger,
  TENCENT_INSTANCE,
} from './enterpriseApi';
import { personalOperations } from './personalApi';
import { verifyTc3 } from './signature';

const API = 'tcr.tencentcloudapi.com';

/** Where the two editions are reached. */
export const tencentHosts = {
  personal: 'ccr.ccs.tencentyun.com',
  enterprise: `${TENCENT_INSTANCE.name}.tencentcloudcr.com`,
} as const;

/**
 * Tencent Container Registry, one instance and the Personal Edition, each with
 * the namespaces `acme` and `opensource`: registries, and the API of
 * cloud.tencent.com/document/api/1141, whose signatures are verified.
 */
export class SimulatedTencentTcr implements SimulatedVendor {
  readonly id = 'tencent-tcr';
  readonly hosts = [tencentHosts.personal, tencentHosts.enterprise, API];
  readonly personal: VendorRegistry;
  readonly enterprise: VendorRegistry;
  /** By namespace of the instance. */
  readonly triggers = new Map<string, TencentTrigger[]>();
  private readonly credentials: AccessCredentials;

  static create({
    clock = new VendorClock(),
    seed = true,
    clockOffsetMs = 0,
  }: SignedVendorOptions = {}): SimulatedTencentTcr {
    const vendor = new SimulatedTencentTcr(clock, clockOffsetMs);
    if (seed) {
      for (const registry of [vendor.personal, vendor.enterprise]) {
        seedVendorImages(registry, 'acme');
        registry.add({ repository: 'opensource/tool', tags: ['latest'] });
      }
    }
    return vendor;
  }

  private constructor(
    clock: VendorClock,
    private readonly clockOffsetMs: number,
  ) {
    const { docker } = tencentAccounts;
    this.credentials = new AccessCredentials(clock, docker.username);
    this.personal = createRegistry(clock, tencentHosts.personal, () => false);
    this.enterprise = createRegistry(
      clock,
      tencentHosts.enterprise,
      (...login) => this.credentials.accepts(...login),
    );
  }

  handle(
    request: VendorRequest,
  ): Promise<VendorAnswer | undefined> | VendorAnswer | undefined {
    switch (request.host) {
      case API:
        return this.answerApi(request);
      case tencentHosts.personal:
        return this.personal.handle(request);
      default:
        return this.enterprise.handle(request);
    }
  }

  /** Failures come with status 200, too. */
  private answerApi(request: VendorRequest): VendorAnswer {
    const signed = verifyTc3(request, tencentKeys, this.clockOffsetMs);
    if ('refused' in signed) {
      return failure(signed.refused, signed.message);
    }
    const action = String(request.headers['x-tc-action']);
    const isAllowed = ['*', `tcr:${action}`].some(each =>
      signed.key.actions.includes(each),
    );
    if (!isAllowed) {
      return failure(
        'UnauthorizedOperation',
        `you are not authorized to perform operation (tcr:${action})`,
      );
    }
    const result = this.perform(
      action,
      jsonBodyOf(request) as TencentParameters,
      String(request.headers['x-tc-region']),
    );
    return 'refused' in result
      ? failure(String(result.refused), 'The resource does not exist.')
      : jsonAnswer({ Response: { ...result, RequestId: 'ca34c717-0001' } });
  }

  private perform(
    action: string,
    parameters: TencentParameters,
    region: string,
  ): OperationResult {
    if (action === 'DescribeInstances') {
      return describeInstances(parameters);
    }
    const personal = personalOperations[action];
    if (personal) {
      return personal(parameters, this.personal.content);
    }
    const operation = enterpriseOperations[action];
    if (!operation) {
      return { refused: 'InvalidAction' };
    }
    const { id, region: own } = TENCENT_INSTANCE;
    return parameters.RegistryId === id && region === own
      ? operation(parameters, {
          content: this.enterprise.content,
          credentials: this.credentials,
          triggers: this.triggers,
        })
      : { refused: 'ResourceNotFound' };
  }
}

function createRegistry(
  clock: VendorClock,
  host: string,
  acceptsTemporary: (username: string, password: string) => boolean,
): VendorRegistry {
  const { docker } = tencentAccounts;
  return createPullRegistry({
    clock,
    realm: `https://${host}/service/token`,
    service: 'harbor-registry',
    accepts: (username, password) =>
      (username === docker.username && password === docker.password) ||
      acceptsTemporary(username, password),
  });
}

function failure(Code: string, Message: string): VendorAnswer {
  return jsonAnswer({
    Response: { Error: { Code, Message }, RequestId: 'ca34c717-0001' },
  });
}
