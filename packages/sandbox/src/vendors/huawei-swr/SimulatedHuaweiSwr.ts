import { createPullRegistry } from '../registry/createPullRegistry';
import { seedVendorImages } from '../registry/seedVendorImages';
import { VendorRegistry } from '../registry/VendorRegistry';
import { SignedVendorOptions, SimulatedVendor } from '../SimulatedVendor';
import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { VendorClock } from '../VendorClock';
import { VendorRequest } from '../VendorRequest';
import { huaweiKeys } from './accounts';
import { gatewayRefusal } from './answers';
import { findBasic } from './basicApi';
import {
  findEnterprise,
  HUAWEI_INSTANCE,
  HuaweiTrigger,
} from './enterpriseApi';
import { Logins } from './Logins';
import { verifySdk } from './signature';

const REGION = 'cn-north-4';
const API = `swr-api.${REGION}.myhuaweicloud.com`;
const IAM = `iam.${REGION}.myhuaweicloud.com`;

/** Where the two editions are reached. */
export const huaweiHosts = {
  basic: `swr.${REGION}.myhuaweicloud.com`,
  enterprise: HUAWEI_INSTANCE.host,
} as const;

/**
 * Huawei Cloud SWR, the basic edition of a region and one Enterprise instance,
 * each with the organizations `acme` and `opensource`: registries, IAM's
 * projects, and the API of the region, whose signatures are verified.
 */
export class SimulatedHuaweiSwr implements SimulatedVendor {
  readonly id = 'huawei-swr';
  readonly hosts = [huaweiHosts.basic, huaweiHosts.enterprise, API, IAM];
  readonly basic: VendorRegistry;
  readonly enterprise: VendorRegistry;
  /** By namespace of the instance. */
  readonly triggers = new Map<string, HuaweiTrigger[]>();
  private readonly logins: Logins;

  static create({
    clock = new VendorClock(),
    seed = true,
    clockOffsetMs = 0,
  }: SignedVendorOptions = {}): SimulatedHuaweiSwr {
    const vendor = new SimulatedHuaweiSwr(clock, clockOffsetMs);
    if (seed) {
      for (const registry of [vendor.basic, vendor.enterprise]) {
        seedVendorImages(registry, 'acme');
        registry.add({ repository: 'opensource/tool', tags: ['latest'] });
        registry.add({ repository: 'acme/team/tools', tags: ['1.0'] });
      }
      vendor.basic.add({ repository: 'acme2/other', tags: ['latest'] });
    }
    return vendor;
  }

  private constructor(
    clock: VendorClock,
    private readonly clockOffsetMs: number,
  ) {
    this.logins = new Logins(clock, huaweiKeys, REGION);
    const { logins } = this;
    const common = { clock, lifetimeSeconds: 900 };
    this.basic = createPullRegistry({
      ...common,
      realm: `https://${huaweiHosts.basic}/swr/auth/v2/registry/auth/`,
      service: 'dockyard',
      accepts: (...login) =>
        logins.acceptsDerived(...login) || logins.acceptsTemporary(...login),
    });
    this.enterprise = createPullRegistry({
      ...common,
      realm: `https://${huaweiHosts.enterprise}/service/token`,
      service: 'harbor-registry',
      accepts: (...login) => logins.acceptsTemporary(...login),
    });
  }

  handle(
    request: VendorRequest,
  ): Promise<VendorAnswer | undefined> | VendorAnswer | undefined {
    switch (request.host) {
      case API:
      case IAM:
        return this.answerApi(request);
      case huaweiHosts.basic:
        return this.basic.handle(request);
      default:
        return this.enterprise.handle(request);
    }
  }

  private answerApi(request: VendorRequest): VendorAnswer {
    const signed = verifySdk(request, huaweiKeys, this.clockOffsetMs);
    if ('refused' in signed) {
      return gatewayRefusal(401, 'APIGW.0301', signed.refused);
    }
    const found = this.find(request);
    if (!found) {
      return gatewayRefusal(
        404,
        'APIGW.0101',
        'The API does not exist or has not been published in the environment',
      );
    }
    const { actions } = signed.keys;
    return ['*', found.permission].some(each =>
      (actions as readonly string[]).includes(each),
    )
      ? found.answer()
      : gatewayRefusal(
          403,
          'APIGW.0302',
          `Policy doesn't allow ${found.permission} to be performed.`,
        );
  }

  private find(
    request: VendorRequest,
  ): { permission: string; answer(): VendorAnswer } | undefined {
    if (request.host === IAM) {
      return request.path === '/v3/projects'
        ? {
            permission: 'iam:projects:listProjects',
            answer: () => projects(request.query.get('name')),
          }
        : undefined;
    }
    const { logins, triggers } = this;
    const basic = findBasic(request);
    if (basic) {
      const { content } = this.basic;
      return {
        permission: basic.permission,
        answer: () =>
          basic.answer({ content, logins, host: huaweiHosts.basic }),
      };
    }
    const enterprise = findEnterprise(request);
    const { content } = this.enterprise;
    return (
      enterprise && {
        permission: enterprise.permission,
        answer: () => enterprise.answer({ content, logins, triggers }),
      }
    );
  }
}

function projects(name: string | null): VendorAnswer {
  return jsonAnswer({
    projects:
      name === null || name === REGION
        ? [{ id: HUAWEI_INSTANCE.projectId, name: REGION, enabled: true }]
        : [],
  });
}
