import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import {
  type DevelopmentSecrets,
  ensureDevelopmentSecrets,
} from './developmentSecrets.mts';
import type { Settings } from './settings.mts';

/** What `./run start` hands to the portal and to the sandbox. */
export interface DevelopmentConfig {
  /** Absolute paths, later ones win. */
  configFiles: string[];
  /** Absent when `sandbox: false`. */
  sandboxConfigFile?: string;
}

/** Which endpoint of which registry the sandbox registry calls. */
const WEBHOOK_PATH = '/api/image-registry/webhooks/config-sandbox-pushes';

/** The configuration that makes the sandbox a registry and a cluster. */
export function sandboxPortalConfig(
  settings: Settings,
  secrets: DevelopmentSecrets,
  isDefault: boolean,
) {
  const { ports } = settings;
  return {
    outgoing: {
      allowedLoopback: [ports.registry, ports.vendors].map(
        port => `127.0.0.1:${port}`,
      ),
    },
    registries: {
      sandbox: {
        name: 'Sandbox registry',
        provider: 'distribution',
        address: `http://127.0.0.1:${ports.registry}`,
        default: isDefault,
        webhookEndpoints: {
          pushes: { secret: secrets.webhookSecret, repositories: ['**'] },
        },
      },
    },
    kubernetes: {
      kubeconfigs: {
        sandbox: { path: join(settings.data, 'sandbox', 'kubeconfig') },
      },
    },
  };
}

/** What every development portal gets, with or without the sandbox. */
function portalConfig(
  settings: Settings,
  secrets: DevelopmentSecrets,
  sandbox: false | { isDefault: boolean },
) {
  const { ports } = settings;
  const appUrl = `http://localhost:${ports.app}`;
  const backendUrl = `http://localhost:${ports.backend}`;
  return {
    app: { baseUrl: appUrl },
    backend: {
      baseUrl: backendUrl,
      listen: { port: ports.backend },
      cors: { origin: appUrl },
      database: { connection: { directory: join(settings.data, 'database') } },
    },
    imageRegistry: {
      encryption: { keys: [{ id: 'dev-1', secret: secrets.encryptionKey }] },
      webhook: { baseUrl: backendUrl },
      ...(sandbox
        ? sandboxPortalConfig(settings, secrets, sandbox.isDefault)
        : {}),
    },
  };
}

function sandboxProcessConfig(settings: Settings, secrets: DevelopmentSecrets) {
  const { ports, clusterSpeed } = settings;
  return {
    directory: join(settings.data, 'sandbox'),
    control: { port: ports.control },
    registry: {
      port: ports.registry,
      endpoints: [
        {
          name: 'portal',
          url: `http://localhost:${ports.backend}${WEBHOOK_PATH}`,
          headers: { Authorization: `Bearer ${secrets.webhookSecret}` },
          // As the recipe on the settings page says: pulls are noise here.
          ignore: {
            actions: ['pull'],
            mediaTypes: ['application/octet-stream'],
          },
        },
      ],
    },
    kubernetes: {
      port: ports.cluster,
      token: secrets.clusterToken,
      speed: clusterSpeed,
    },
    vendors: { port: ports.vendors },
  };
}

function wantsSandbox(files: string[]): boolean {
  const values = files.map(file => parse(readFileSync(file, 'utf8'))?.sandbox);
  return values.findLast(value => value !== undefined) !== false;
}

/** A registry of one's own that is the default takes that from the sandbox's. */
function hasDefaultRegistry(files: string[]): boolean {
  return files.some(file => {
    const registries = parse(readFileSync(file, 'utf8'))?.imageRegistry
      ?.registries as Record<string, { default?: boolean }> | undefined;
    return Object.values(registries ?? {}).some(each => each?.default === true);
  });
}

/** Writes the generated configuration into the data folder. */
export function writeDevelopmentConfig(settings: Settings): DevelopmentConfig {
  const { root, data } = settings;
  const base = join(root, 'app-config.yaml');
  const local = join(root, 'app-config.local.yaml');
  const written = existsSync(local) ? [base, local] : [base];
  const sandbox = wantsSandbox(written);
  const secrets = ensureDevelopmentSecrets(data);
  mkdirSync(join(data, 'sandbox'), { recursive: true });

  const generated = join(data, 'app-config.sandbox.yaml');
  writeFileSync(
    generated,
    `# Written by ./run start; edit app-config.local.yaml instead.\n${stringify(
      portalConfig(
        settings,
        secrets,
        sandbox && { isDefault: !hasDefaultRegistry(written) },
      ),
    )}`,
    { mode: 0o600 },
  );
  const configFiles = [base, generated, ...written.slice(1)];
  if (!sandbox) {
    return { configFiles };
  }
  const sandboxConfigFile = join(data, 'sandbox.json');
  writeFileSync(
    sandboxConfigFile,
    JSON.stringify(sandboxProcessConfig(settings, secrets), null, 2),
    { mode: 0o600 },
  );
  return { configFiles, sandboxConfigFile };
}
