import {
  CheckChangedRegistry,
  CheckRegistry,
  CreateRegistry,
  FormField,
  Grant,
  parseRegistryAddress,
  ProviderDescriptor,
  ProviderModule,
  providerModules,
  Reason,
  Registry,
  RegistryAddress,
  SIGN_IN_OPTION,
  suggestProvider,
  UpdateRegistry,
} from '@slipway/backstage-plugin-image-registry-common';

/** What the dialog for a registry holds while it is filled in. */
export interface RegistryDraft {
  name: string;
  address: string;
  /** Chosen by the person; else it is suggested from the address. */
  chosenProvider?: string;
  options: Record<string, string | boolean>;
  credentials: Record<string, string>;
  anonymous: boolean;
  verifyTls: boolean;
  caCertificate: string;
  pullAddress: string;
  pullUsername: string;
  pullPassword: string;
  /** The stored login for clusters is to be removed. */
  forgetPullLogin: boolean;
  pullWithManage: boolean;
  proxy: string;
  namespace: string;
  grants: Grant[];
  isDefault: boolean;
  allowInsecureCredentials: boolean;
}

/** The draft of a new registry, or of one that is edited. */
export function createDraft(registry?: Registry): RegistryDraft {
  return {
    name: registry?.name ?? '',
    address: registry?.address ?? '',
    chosenProvider: registry?.provider,
    options: registry?.options ?? {},
    credentials: {},
    anonymous: registry ? !registry.hasCredentials : false,
    verifyTls: registry?.tls.verify ?? true,
    caCertificate: registry?.tls.caCertificate ?? '',
    pullAddress: registry?.pullAddress ?? '',
    pullUsername: '',
    pullPassword: '',
    forgetPullLogin: false,
    pullWithManage: registry?.pullWithManage ?? false,
    proxy: registry?.proxy ?? '',
    namespace: registry?.namespace ?? '',
    grants: registry?.grants ?? [{ to: 'all' }],
    isDefault: registry?.isDefault ?? false,
    allowInsecureCredentials: false,
  };
}

/** The kind that is taken when neither a person nor the address names one. */
const ANY_REGISTRY = 'distribution';

/** What the draft means, and what is missing before it can be saved. */
export interface ReadDraft {
  provider?: ProviderDescriptor;
  address?: RegistryAddress;
  /** Fields of the chosen way to sign in, and those of none. */
  fields: FormField[];
  /** Id of the chosen way to sign in, where there are several. */
  method?: string;
  /** The kind that the address belongs to, when its module is not installed. */
  missingModule?: ProviderModule;
  /** What is wrong with the address. */
  addressProblem?: Reason;
  /** A password would be sent unencrypted, and the person hasn't agreed. */
  needsInsecureConsent: boolean;
  /** Credentials are stored, but must be given again for the new place. */
  needsCredentialsAgain: boolean;
  /** The same of the login for clusters. */
  needsPullLoginAgain: boolean;
  /** Names of required fields that are empty. */
  missing: string[];
  complete: boolean;
}

/** Reads a draft; `saved` is the registry that is edited. */
export function readDraft(
  draft: RegistryDraft,
  providers: ProviderDescriptor[],
  saved?: Registry,
): ReadDraft {
  const { address, problem } = readAddress(draft.address);
  const provider =
    providers.find(({ id }) => id === draft.chosenProvider) ??
    (address && suggestProvider(address, providers)) ??
    providers.find(({ id }) => id === ANY_REGISTRY) ??
    providers[0];

  const entered = hasCredentials(draft);
  const keepsStored = Boolean(saved?.hasCredentials) && !entered;
  const method = chosenMethod(draft, provider);
  const fields = (provider?.form.fields ?? []).filter(
    field => field.method === undefined || field.method === method,
  );
  const missing = fields
    .filter(field => field.required)
    .filter(field =>
      field.in === 'options'
        ? !draft.options[field.name]
        : !draft.anonymous && !keepsStored && !draft.credentials[field.name],
    )
    .map(field => field.name);
  const needsInsecureConsent =
    address?.scheme === 'http' &&
    !isLoopback(address.host) &&
    entered &&
    !draft.anonymous &&
    !draft.allowInsecureCredentials;
  const needsCredentialsAgain =
    saved !== undefined &&
    keepsStored &&
    !draft.anonymous &&
    isAnotherPlace(draft, saved, address);

  const needsPullLoginAgain =
    saved?.hasPullCredentials === true &&
    !draft.forgetPullLogin &&
    draft.pullPassword === '' &&
    isAnotherPlace(draft, saved, address);
  const hasHalfPullLogin =
    (draft.pullUsername.trim() === '') !== (draft.pullPassword === '');

  return {
    provider,
    address,
    fields,
    method,
    missingModule: address && missingModule(address, providers),
    addressProblem: draft.address.trim() === '' ? undefined : problem,
    needsInsecureConsent,
    needsCredentialsAgain,
    needsPullLoginAgain,
    missing,
    complete:
      draft.name.trim() !== '' &&
      address !== undefined &&
      provider !== undefined &&
      missing.length === 0 &&
      !needsInsecureConsent &&
      !needsCredentialsAgain &&
      !needsPullLoginAgain &&
      !hasHalfPullLogin,
  };
}

function chosenMethod(
  draft: RegistryDraft,
  provider: ProviderDescriptor | undefined,
): string | undefined {
  const methods = provider?.form.methods ?? [];
  const chosen = draft.options[SIGN_IN_OPTION];
  return (methods.find(({ id }) => id === chosen) ?? methods[0])?.id;
}

/** The module for an address whose kind is not installed. */
function missingModule(
  address: RegistryAddress,
  providers: ProviderDescriptor[],
): ProviderModule | undefined {
  const absent = providerModules.filter(
    ({ provider }) => !providers.some(({ id }) => id === provider),
  );
  const kinds = absent.map(module => ({ id: module.provider, ...module }));
  const found = suggestProvider(address, kinds);
  return absent.find(({ provider }) => provider === found?.id);
}

function readAddress(text: string): {
  address?: RegistryAddress;
  problem?: Reason;
} {
  try {
    return { address: parseRegistryAddress(text) };
  } catch (error) {
    return { problem: (error as { reason: Reason }).reason };
  }
}

/** Nobody reads on the way to the same machine. */
function isLoopback(host: string): boolean {
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '[::1]' ||
    host.startsWith('127.')
  );
}

function hasCredentials(draft: RegistryDraft): boolean {
  return Object.values(draft.credentials).some(value => value !== '');
}

/** Stored credentials are never sent to another place than they were given for. */
function isAnotherPlace(
  draft: RegistryDraft,
  saved: Registry,
  address: RegistryAddress | undefined,
): boolean {
  return (
    (address !== undefined && address.url !== saved.address) ||
    draft.verifyTls !== saved.tls.verify ||
    draft.caCertificate.trim() !== (saved.tls.caCertificate ?? '').trim() ||
    draft.pullAddress.trim() !== (saved.pullAddress ?? '') ||
    draft.proxy.trim() !== (saved.proxy ?? '') ||
    JSON.stringify(draft.options) !== JSON.stringify(saved.options)
  );
}

/** The connection alone, to check it before it is saved. */
export function toCheckBody(
  draft: RegistryDraft,
  provider: ProviderDescriptor,
): CheckRegistry {
  return {
    provider: provider.id,
    address: draft.address.trim(),
    options: draft.options,
    tls: toTls(draft),
    ...(draft.namespace.trim() && { namespace: draft.namespace.trim() }),
    ...(draft.proxy.trim() && { proxy: draft.proxy.trim() }),
    ...(!draft.anonymous && { credentials: draft.credentials }),
    ...(draft.allowInsecureCredentials && { allowInsecureCredentials: true }),
  };
}

/** The body that creates a registry. */
export function toCreateBody(
  draft: RegistryDraft,
  provider: ProviderDescriptor,
): CreateRegistry {
  return {
    ...toCheckBody(draft, provider),
    name: draft.name.trim(),
    grants: draft.grants,
    ...(draft.pullAddress.trim() && { pullAddress: draft.pullAddress.trim() }),
    ...(draft.pullPassword !== '' && { pullCredentials: pullLogin(draft) }),
    ...(draft.pullWithManage && { pullWithManage: true }),
    ...(draft.isDefault && { isDefault: true }),
  };
}

function pullLogin(draft: RegistryDraft) {
  return {
    username: draft.pullUsername.trim(),
    password: draft.pullPassword,
  };
}

/** The body that changes a registry: only what differs from what is saved. */
export function toUpdateBody(
  draft: RegistryDraft,
  saved: Registry,
): UpdateRegistry {
  const before = createDraft(saved);
  const changed = (field: keyof RegistryDraft) =>
    JSON.stringify(draft[field]) !== JSON.stringify(before[field]);
  return {
    version: saved.version,
    ...(changed('name') && { name: draft.name.trim() }),
    ...(changed('address') && { address: draft.address.trim() }),
    ...(changed('options') && { options: draft.options }),
    ...((changed('verifyTls') || changed('caCertificate')) && {
      tls: toTls(draft),
    }),
    // Null removes a value, undefined would keep it (JSON has no undefined).
    ...(changed('pullAddress') && {
      pullAddress: draft.pullAddress.trim() || null,
    }),
    ...(changed('proxy') && { proxy: draft.proxy.trim() || null }),
    ...(changed('pullWithManage') && { pullWithManage: draft.pullWithManage }),
    ...pullLoginChange(draft),
    ...(changed('namespace') && { namespace: draft.namespace.trim() || null }),
    ...(changed('grants') && { grants: draft.grants }),
    ...(draft.isDefault && !saved.isDefault && { isDefault: true }),
    ...credentialsChange(draft, saved),
    ...(draft.allowInsecureCredentials && { allowInsecureCredentials: true }),
  };
}

/** What of the connection differs from what is saved, to check it before. */
export function toConnectionChange(
  draft: RegistryDraft,
  saved: Registry,
): CheckChangedRegistry {
  const {
    version: _version,
    name: _name,
    grants: _grants,
    isDefault: _isDefault,
    pullWithManage: _pullWithManage,
    ...change
  } = toUpdateBody(draft, saved);
  return change;
}

function credentialsChange(
  draft: RegistryDraft,
  saved: Registry,
): Pick<UpdateRegistry, 'credentials'> {
  if (draft.anonymous) {
    return saved.hasCredentials ? { credentials: {} } : {};
  }
  return hasCredentials(draft) ? { credentials: draft.credentials } : {};
}

function pullLoginChange(
  draft: RegistryDraft,
): Pick<UpdateRegistry, 'pullCredentials'> {
  if (draft.pullPassword !== '') {
    return { pullCredentials: pullLogin(draft) };
  }
  return draft.forgetPullLogin ? { pullCredentials: {} } : {};
}

function toTls(draft: RegistryDraft) {
  return {
    verify: draft.verifyTls,
    ...(draft.caCertificate.trim() && {
      caCertificate: draft.caCertificate.trim(),
    }),
  };
}
