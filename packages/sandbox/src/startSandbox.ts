import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openAuthority } from './authority';
import {
  readConfiguration,
  SandboxConfiguration,
  SandboxConfigurationInput,
} from './configuration';
import { ControlServer, startControlServer } from './control/ControlServer';
import { kubernetesRoutes } from './control/kubernetesRoutes';
import { PushIdentity, registryRoutes } from './control/registryRoutes';
import { statusRoute } from './control/statusRoute';
import {
  CertificateAuthority,
  defaultWorkloads,
  SandboxKubernetes,
  startSandboxKubernetes,
} from './kubernetes';
import {
  createCertificateAuthority,
  createServerCertificate,
} from './kubernetes/tls/certificates';
import {
  NotificationEndpointInput,
  SandboxRegistry,
  seedImages,
  startSandboxRegistry,
} from './registry';

/** A running sandbox with all its parts. */
export interface Sandbox {
  readonly registry: SandboxRegistry;
  readonly kubernetes: SandboxKubernetes;
  readonly control: ControlServer;
  /** Absent without a directory. */
  readonly kubeconfigFile?: string;
  stop(): Promise<void>;
}

/**
 * Starts the registry, the Kubernetes API and the control server.
 *
 * @throws Error that names a wrong field of the options, or of the socket
 * when a port is taken; what had started is stopped again.
 */
export async function startSandbox(
  options: SandboxConfigurationInput = {},
): Promise<Sandbox> {
  const configuration = readConfiguration(options);
  const started: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    for (const part of started.splice(0).reverse()) {
      await part.stop();
    }
  };
  const keep = <T extends { stop(): Promise<void> }>(part: T): T => {
    started.push(part);
    return part;
  };
  try {
    const authority = await authorityOf(configuration);
    const registry = keep(await startRegistry(configuration, authority));
    const kubernetes = keep(
      await startCluster(configuration, authority, registry),
    );
    const control = keep(
      await startControlServer({
        ...configuration.control,
        routes: [
          statusRoute(registry, kubernetes),
          ...registryRoutes(registry, {
            ...identityOf(configuration),
            ca: authority.ca,
          }),
          ...kubernetesRoutes(kubernetes),
        ],
      }),
    );
    const kubeconfigFile = await writeKubeconfig(configuration, kubernetes);
    return { registry, kubernetes, control, kubeconfigFile, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function authorityOf({ directory }: SandboxConfiguration) {
  return directory === undefined
    ? createCertificateAuthority()
    : openAuthority(directory);
}

async function startRegistry(
  { registry }: SandboxConfiguration,
  authority: CertificateAuthority,
): Promise<SandboxRegistry> {
  const { host, port, behavior, access, webhook } = registry;
  const endpoints: NotificationEndpointInput[] = [...registry.endpoints];
  if (webhook) {
    const { url, secret, headers } = webhook;
    endpoints.push({
      name: 'webhook',
      url,
      headers: {
        ...(secret && { Authorization: `Bearer ${secret}` }),
        ...headers,
      },
    });
  }
  const started = await startSandboxRegistry({
    host,
    port,
    behavior,
    access,
    tls: registry.tls
      ? await createServerCertificate(authority, [
          ...new Set([host, 'localhost', '127.0.0.1']),
        ])
      : undefined,
    notifications: { endpoints },
  });
  if (registry.seed) {
    seedImages(started);
  }
  return started;
}

async function startCluster(
  { kubernetes }: SandboxConfiguration,
  authority: CertificateAuthority,
  registry: SandboxRegistry,
): Promise<SandboxKubernetes> {
  const { host, port, token } = kubernetes;
  return startSandboxKubernetes({
    host,
    port,
    authority,
    ...(token && { deployToken: token }),
    workloads: kubernetes.seed ? defaultWorkloads(registry.address) : [],
    resolveImage: async image => {
      const digest = registry.resolveDigest(image);
      return digest ? { digest } : registry.resolveImage(image);
    },
  });
}

async function writeKubeconfig(
  { directory }: SandboxConfiguration,
  kubernetes: SandboxKubernetes,
): Promise<string | undefined> {
  if (directory === undefined) {
    return undefined;
  }
  const file = join(directory, 'kubeconfig');
  await mkdir(directory, { recursive: true });
  await writeFile(file, kubernetes.kubeconfig(), { mode: 0o600 });
  return file;
}

function identityOf({ registry }: SandboxConfiguration): PushIdentity {
  if (registry.access.mode === 'open') {
    return {};
  }
  const [{ username, password }] = registry.access.users;
  return { username, password };
}
