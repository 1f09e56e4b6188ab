import {
  CheckChangedRegistry,
  CheckRegistry,
  CreateRegistry,
  ProviderDescriptor,
  Registry,
  UpdateRegistry,
} from '@slipway/backstage-plugin-image-registry-common';
import { createDraft, hasCredentials, RegistryDraft } from './RegistryDraft';

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
