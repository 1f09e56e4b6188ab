import { readFileSync } from 'node:fs';
import { RootConfigService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import {
  Grant,
  grantSchema,
  TlsSettings,
} from '@slipway/backstage-plugin-image-registry-common';
import { z } from 'zod';
import { RegistryCredentials } from '@slipway/backstage-plugin-image-registry-node';
import { GRANTED_TO_ALL, normalizeGrants } from './grants';
import { ClusterLogin } from './RegistryConnections';
import { ConfiguredEndpoint } from './RegistryService';

const CONFIG_KEY = 'imageRegistry.registries';
/** Characters of a webhook's secret: a shorter one could be guessed. */
const MIN_SECRET = 16;
const idPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/;

/** A registry as app-config gives it; the address is not normalised yet. */
export interface ConfiguredRegistry {
  id: string;
  name: string;
  provider: string;
  address: string;
  options: Record<string, string | boolean>;
  tls: TlsSettings;
  pullAddress?: string;
  namespace?: string;
  grants: Grant[];
  isDefault: boolean;
  credentials?: RegistryCredentials;
  pullCredentials?: ClusterLogin;
  pullWithManage: boolean;
  proxy?: string;
  /** The name that may be shown, once its provider is known. */
  username?: string;
  endpoints: ConfiguredEndpoint[];
}

/**
 * The registries of `imageRegistry.registries`.
 * @throws Error naming the key that is wrong
 */
export function readConfiguredRegistries(
  config: RootConfigService,
): ConfiguredRegistry[] {
  const all = config.getOptionalConfig(CONFIG_KEY);
  const registries = (all?.keys() ?? []).map(id =>
    readOne(id, all!.getConfig(id)),
  );
  const names = registries.map(each => each.name.toLocaleLowerCase('en-US'));
  const twice = registries.find(
    (_, index) => names.indexOf(names[index]) !== index,
  );
  if (twice) {
    throw new Error(`${CONFIG_KEY}: the name "${twice.name}" is there twice`);
  }
  if (registries.filter(each => each.isDefault).length > 1) {
    throw new Error(`${CONFIG_KEY}: more than one registry is the default`);
  }
  return registries;
}

function readOne(id: string, config: Config): ConfiguredRegistry {
  const key = `${CONFIG_KEY}.${id}`;
  if (!idPattern.test(id)) {
    throw new Error(
      `${key}: the id must be letters, digits, "-" and "_", at most 63`,
    );
  }
  const credentials = config.getOptional<Record<string, string>>('credentials');
  return {
    id,
    name: config.getOptionalString('name') ?? id,
    provider: config.getString('provider'),
    address: config.getString('address'),
    options: config.getOptional('options') ?? {},
    tls: readTls(config),
    pullAddress: config.getOptionalString('pullAddress'),
    namespace: config.getOptionalString('namespace'),
    proxy: config.getOptionalString('proxy'),
    pullWithManage: config.getOptionalBoolean('pullWithManage') ?? false,
    ...readPullCredentials(config),
    grants: readGrants(config, key),
    isDefault: config.getOptionalBoolean('default') ?? false,
    ...(credentials && {
      credentials: Object.fromEntries(
        Object.keys(credentials).map(name => [
          name,
          config.getString(`credentials.${name}`),
        ]),
      ),
    }),
    endpoints: readEndpoints(
      id,
      key,
      config.getOptionalConfig('webhookEndpoints'),
    ),
  };
}

function readPullCredentials(config: Config): {
  pullCredentials?: ClusterLogin;
} {
  const login = config.getOptionalConfig('pullCredentials');
  return login
    ? {
        pullCredentials: {
          username: login.getString('username'),
          password: login.getString('password'),
        },
      }
    : {};
}

function readTls(config: Config): TlsSettings {
  const file = config.getOptionalString('tls.caFile');
  const caCertificate =
    config.getOptionalString('tls.caCertificate') ??
    (file === undefined ? undefined : readFileSync(file, 'utf8'));
  return {
    verify: config.getOptionalBoolean('tls.verify') ?? true,
    ...(caCertificate !== undefined && { caCertificate }),
  };
}

function readGrants(config: Config, key: string): Grant[] {
  const given = config.getOptional('grants');
  if (given === undefined) {
    return GRANTED_TO_ALL;
  }
  const result = z.array(grantSchema).safeParse(given);
  if (!result.success) {
    throw new Error(`${key}.grants: ${z.prettifyError(result.error)}`);
  }
  return normalizeGrants(result.data);
}

function readEndpoints(
  registryId: string,
  key: string,
  config: Config | undefined,
): ConfiguredEndpoint[] {
  return (config?.keys() ?? []).map(name => {
    const endpoint = config!.getConfig(name);
    const secret = endpoint.getString('secret');
    if (secret.length < MIN_SECRET) {
      throw new Error(
        `${key}.webhookEndpoints.${name}.secret: at least ${MIN_SECRET} characters are needed`,
      );
    }
    const repositories = endpoint.getOptionalStringArray('repositories');
    const settings = endpoint.getOptionalConfig('settings');
    return {
      id: `config-${registryId}-${name}`,
      registryId,
      name,
      secret,
      ...(repositories && { repositories }),
      ...(settings && {
        settings: Object.fromEntries(
          settings.keys().map(each => [each, settings.getString(each)]),
        ),
      }),
    };
  });
}
