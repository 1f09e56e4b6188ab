import {
  Grant,
  Registry,
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

/** Whether a login was entered. */
export function hasCredentials(draft: RegistryDraft): boolean {
  return Object.values(draft.credentials).some(value => value !== '');
}
