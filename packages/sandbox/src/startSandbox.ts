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
import { resetRoute } from './control/resetRoute';
import { statusRoute } from './control/statusRoute';
import { vendorRoutes } from './control/vendorRoutes';
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
import { pullFromRegistry } from './pullFromRegistry';
import {
  NotificationEndpointInput,
  SandboxRegistry,
  seedImages,
  startSandboxRegistry,
} from './registry';
import { CompleteState, STATE_FORMAT } from './state/SandboxState';
import { StateFolder, UnusableStateError } from './state/StateFolder';
import { StateKeeper } from './state/StateKeeper';
import { createVendors, startVendorWorld, VendorWorld } from './vendors';

/** A running sandbox with all its parts. */
export interface Sandbox {
  readonly registry: SandboxRegistry;
  readonly kubernetes: SandboxKubernetes;
  readonly control: ControlServer;
  /** Absent unless they are configured. */
  readonly vendors?: VendorWorld;
  /** Absent without a directory. */
  readonly kubeconfigFile?: string;
  /** Back to the seed: content, objects, faults, undelivered events. */
  reset(): Promise<void>;
  /** With a directory the state is saved last. */
  stop(): Promise<void>;
}

/** Tells a person something in one line. */
export type Report = (line: string) => void;

const toStandardError: Report = line => {
  process.stderr.write(`sandbox: ${line}\n`);
};

/**
 * Starts the registry, the Kubernetes API, the control server, and the
 * simulated vendors where they are configured. With a directory the first two
 * go on where the sandbox of that directory stopped.
 *
 * @param report - told of a state that cannot be read or saved
 * @throws Error that names a wrong field of the options, or of the socket
 * when a port is taken; what had started is stopped again.
 */
export async function startSandbox(
  options: SandboxConfigurationInput = {},
  report: Report = toStandardError,
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
    const folder = stateFolderOf(configuration);
    const earlier = folder && (await readState(folder, report));
    const registry = keep(
      await startRegistry(configuration, authority, earlier),
    );
    const kubernetes = keep(
      await startCluster(configuration, authority, registry, earlier),
    );
    const vendors =
      configuration.vendors &&
      keep(
        await startVendorWorld({
          ...configuration.vendors,
          vendors: createVendors(),
          authority,
        }),
      );
    const keeper = new StateKeeper({
      save: async () => folder?.write(stateOf(registry, kubernetes)),
      failed: error => report(`the state is not saved: ${error}`),
    });
    // Stopped last, when nothing changes any more.
    started.unshift(keeper);
    const reset = async () => {
      resetParts(configuration, registry, kubernetes);
      vendors?.faults.clear();
      vendors?.requests.clear();
      await keeper.flush();
    };
    const control = keep(
      await startControlServer({
        ...configuration.control,
        routes: [
          statusRoute(registry, kubernetes, vendors),
          resetRoute(reset),
          ...registryRoutes(registry, {
            ...identityOf(configuration),
            ca: authority.ca,
          }),
          ...kubernetesRoutes(kubernetes),
          ...(vendors ? vendorRoutes(vendors) : []),
        ],
      }),
    );
    const kubeconfigFile = await writeKubeconfig(configuration, kubernetes);
    if (folder) {
      const changed = () => keeper.changed();
      registry.content.onChange(changed);
      registry.notifier.onChange(changed);
      kubernetes.onChange(changed);
      changed();
    }
    return {
      registry,
      kubernetes,
      control,
      vendors,
      kubeconfigFile,
      reset,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function stateFolderOf({
  directory,
}: SandboxConfiguration): StateFolder | undefined {
  return directory === undefined
    ? undefined
    : new StateFolder(join(directory, 'state'));
}

async function readState(
  folder: StateFolder,
  report: Report,
): Promise<CompleteState | undefined> {
  try {
    return await folder.read();
  } catch (error) {
    if (!(error instanceof UnusableStateError)) {
      throw error;
    }
    report(`the earlier state is ignored, beginning anew: ${error.message}`);
    return undefined;
  }
}

function stateOf(
  { content, notifier }: SandboxRegistry,
  kubernetes: SandboxKubernetes,
): CompleteState {
  const { index, bytes } = content.snapshot();
  return {
    state: {
      format: STATE_FORMAT,
      registry: { content: index, pending: notifier.pending() },
      kubernetes: kubernetes.snapshot(),
    },
    bytes,
  };
}

function resetParts(
  configuration: SandboxConfiguration,
  registry: SandboxRegistry,
  kubernetes: SandboxKubernetes,
): void {
  registry.faults.clear();
  registry.notifier.clear();
  registry.content.clear();
  if (configuration.registry.seed) {
    seedImages(registry);
  }
  kubernetes.faults.clear();
  kubernetes.reset();
  kubernetes.writes.clear();
}

function authorityOf({ directory }: SandboxConfiguration) {
  return directory === undefined
    ? createCertificateAuthority()
    : openAuthority(directory);
}

async function startRegistry(
  { registry }: SandboxConfiguration,
  authority: CertificateAuthority,
  earlier: CompleteState | undefined,
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
  if (earlier) {
    const { content, pending } = earlier.state.registry;
    started.content.restore(content, earlier.bytes);
    started.notifier.resume(pending);
  } else if (registry.seed) {
    seedImages(started);
  }
  return started;
}

async function startCluster(
  { kubernetes }: SandboxConfiguration,
  authority: CertificateAuthority,
  registry: SandboxRegistry,
  earlier: CompleteState | undefined,
): Promise<SandboxKubernetes> {
  const { host, port, token, speed } = kubernetes;
  return startSandboxKubernetes({
    host,
    port,
    speed,
    authority,
    ...(token && { deployToken: token }),
    workloads: kubernetes.seed ? defaultWorkloads(registry.address) : [],
    snapshot: earlier?.state.kubernetes,
    resolveImage: async (image, logins) =>
      pullFromRegistry(
        { url: registry.url, hosts: registry.hosts, ca: authority.ca },
        image,
        logins,
      ),
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
