import {
  FormField,
  parseRegistryAddress,
  ProviderDescriptor,
  ProviderModule,
  providerModules,
  Reason,
  Registry,
  RegistryAddress,
  SIGN_IN_OPTION,
  suggestProvider,
} from '@slipway/backstage-plugin-image-registry-common';
import { hasCredentials, RegistryDraft } from './RegistryDraft';

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
