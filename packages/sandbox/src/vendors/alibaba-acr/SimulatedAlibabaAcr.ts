import { createPullRegistry } from '../registry/createPullRegistry';
import { seedVendorImages } from '../registry/seedVendorImages';
import { VendorRegistry } from '../registry/VendorRegistry';
import { SignedVendorOptions, SimulatedVendor } from '../SimulatedVendor';
import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { VendorClock } from '../VendorClock';
import { VendorRequest } from '../VendorRequest';
import { alibabaAccounts, alibabaKeys } from './accounts';
import {
  ALIBABA_INSTANCE,
  answerEnterprise,
  enterprisePermission,
} from './enterpriseApi';
import { findPersonal } from './personalApi';
import { SignatureCheck } from './signature';
import { TemporaryLogins } from './TemporaryLogins';
import { Triggers } from './Triggers';

const REGION = 'cn-hangzhou';
const API = `cr.${REGION}.aliyuncs.com`;

/** Where the two editions are reached; the last one is a domain of one's own. */
export const alibabaHosts = {
  personal: `registry.${REGION}.aliyuncs.com`,
  enterprise: `acme-registry.${REGION}.cr.aliyuncs.com`,
  customDomain: 'images.acme.example',
} as const;

const ENTERPRISE_HOSTS: readonly string[] = [
  alibabaHosts.enterprise,
  alibabaHosts.customDomain,
  `dockerauth-ee.${REGION}.aliyuncs.com`,
];

/** One edition: its images, and what its API keeps besides. */
interface Edition {
  registry: VendorRegistry;
  logins: TemporaryLogins;
  triggers: Triggers;
}

/**
 * Alibaba Cloud Container Registry, one instance of each edition with the
 * namespaces `acme` and `opensource`: registry, token services, and the API of
 * the region, whose signatures are verified.
 */
export class SimulatedAlibabaAcr implements SimulatedVendor {
  readonly id = 'alibaba-acr';
  readonly hosts = [
    alibabaHosts.personal,
    ...ENTERPRISE_HOSTS,
    `dockerauth.${REGION}.aliyuncs.com`,
    API,
  ];
  readonly personal: Edition;
  readonly enterprise: Edition;
  private readonly signatures: SignatureCheck;

  static create({
    clock = new VendorClock(),
    seed = true,
    clockOffsetMs = 0,
  }: SignedVendorOptions = {}): SimulatedAlibabaAcr {
    const vendor = new SimulatedAlibabaAcr(clock, clockOffsetMs);
    if (seed) {
      for (const { registry } of [vendor.personal, vendor.enterprise]) {
        seedVendorImages(registry, 'acme');
        registry.add({ repository: 'opensource/tool', tags: ['latest'] });
      }
      // Only the Enterprise Edition has names of more than two parts.
      vendor.enterprise.registry.add({
        repository: 'acme/team/tools/builder',
        tags: ['1.0'],
      });
    }
    return vendor;
  }

  private constructor(clock: VendorClock, clockOffsetMs: number) {
    this.signatures = new SignatureCheck(alibabaKeys, clockOffsetMs);
    this.personal = createEdition(clock, 'dockerauth', '26842');
    this.enterprise = createEdition(
      clock,
      'dockerauth-ee',
      `china:${ALIBABA_INSTANCE}`,
    );
  }

  handle(
    request: VendorRequest,
  ): Promise<VendorAnswer | undefined> | VendorAnswer | undefined {
    if (request.host === API) {
      return this.answerApi(request);
    }
    return ENTERPRISE_HOSTS.includes(request.host)
      ? this.enterprise.registry.handle(request)
      : this.personal.registry.handle(request);
  }

  private answerApi(request: VendorRequest): VendorAnswer | undefined {
    const signed = this.signatures.verify(request);
    if ('refused' in signed) {
      return refusal(
        signed.refused.startsWith('InvalidAccessKey') ? 404 : 400,
        signed.refused,
        signed.message,
      );
    }
    const action = String(request.headers['x-acs-action']);
    const isRpc = request.headers['x-acs-version'] === '2018-12-01';
    const route = isRpc ? undefined : findPersonal(request);
    const permission = isRpc ? enterprisePermission(action) : route?.permission;
    if (!permission) {
      return refusal(404, 'InvalidAction.NotFound', 'Unknown operation.');
    }
    if (!['*', permission].some(each => signed.keys.actions.includes(each))) {
      return isRpc ? noPermission(permission) : noPrivilege();
    }
    return route
      ? route.answer(stateOf(this.personal))
      : answerEnterprise(action, request, stateOf(this.enterprise));
  }
}

function createEdition(
  clock: VendorClock,
  tokenHost: string,
  rest: string,
): Edition {
  const logins = new TemporaryLogins(clock);
  const { docker } = alibabaAccounts;
  const registry = createPullRegistry({
    clock,
    realm: `https://${tokenHost}.${REGION}.aliyuncs.com/auth`,
    service: `registry.aliyuncs.com:${REGION}:${rest}`,
    accepts: (username, password) =>
      (username === docker.username && password === docker.password) ||
      logins.accepts(username, password),
  });
  return { registry, logins, triggers: new Triggers() };
}

function stateOf({ registry, ...edition }: Edition) {
  return { ...edition, content: registry.content };
}

function refusal(status: number, Code: string, Message: string): VendorAnswer {
  return jsonAnswer(
    {
      RequestId: '031572FA-7D8F-4C05-B790-000000000001',
      HostId: API,
      Code,
      Message,
    },
    { status },
  );
}

/** As RAM refuses, with the action in a field of its own. */
function noPermission(action: string): VendorAnswer {
  return jsonAnswer(
    {
      RequestId: '031572FA-7D8F-4C05-B790-000000000001',
      Code: 'NoPermission',
      Message: 'You are not authorized to do this action.',
      AccessDeniedDetail: {
        AuthAction: action,
        AuthPrincipalType: 'SubUser',
        NoPermissionType: 'ImplicitDeny',
        PolicyType: 'AccountLevelIdentityBasedPolicy',
      },
    },
    { status: 403 },
  );
}

function noPrivilege(): VendorAnswer {
  return jsonAnswer(
    {
      code: 'NoPrivilege',
      message: 'Access denied for this user.',
      requestId: '3666F8EA-1468-4BEA-883B-000000000001',
    },
    { status: 403 },
  );
}
