import { X509Certificate } from 'node:crypto';
import { SandboxTokens, defaultTokens } from './access/tokens';
import { AdmissionPolicies } from './admission/policies';
import { ScaledClock } from './clock';
import { Cluster } from './cluster';
import { DaemonSetController } from './controllers/daemon-set';
import { DeploymentController } from './controllers/deployment';
import { EventRecorder } from './controllers/event-recorder';
import { GarbageCollector } from './controllers/garbage-collector';
import { ReadyTimes } from './controllers/pods';
import { ReplicaSetController } from './controllers/replica-set';
import { RolloutController } from './controllers/rollout';
import { StatefulSetController } from './controllers/stateful-set';
import { Fault, Faults } from './faults';
import { ImageResolver } from './kubelet/image-store';
import { Kubelet } from './kubelet/kubelet';
import { Scheduler } from './kubelet/scheduler';
import { kubeconfigOf } from './kubeconfig';
import { AnyObject } from './objects';
import { WriteRecords } from './records';
import { RESOURCE_KINDS } from './resources/kinds';
import { SeedNode, defaultNodes } from './seed/default-nodes';
import { SeedObject } from './seed/default-workloads';
import { giveServiceAccounts, plant, plantBasics, uproot } from './seed/plant';
import { ApiServer, EXPIRED } from './server';
import { StoreSnapshot } from './storage/object-store';
import {
  CertificateAuthority,
  createCertificateAuthority,
  createServerCertificate,
} from './tls/certificates';

/** How a sandbox cluster is started; every part has a default. */
export interface SandboxKubernetesOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  /** 127.0.0.1 by default. */
  host?: string;
  /** Keeps certificates valid over restarts; made anew by default. */
  authority?: CertificateAuthority;
  /** Bearer tokens by a short name; by default admin, deploy and read. */
  tokens?: SandboxTokens;
  /** Replaces the default token of `deploy`. */
  deployToken?: string;
  /**
   * Asks the registry for an image. Without it every image that no failure
   * tag names can be pulled.
   */
  resolveImage?: ImageResolver;
  /** Simulated seconds in a second: 1 is as recorded, 50 suits tests. */
  speed?: number;
  /** Limit of the crash back-off in simulated seconds, 300 by default. */
  maxCrashBackOffSeconds?: number;
  /** Number of nodes, 2 by default, or what is special about each. */
  nodes?: number | SeedNode[];
  /** Argo Rollouts: its kind and controller; not there by default. */
  argoRollouts?: boolean;
  /** What runs from the start; nothing by default. */
  workloads?: SeedObject[];
  /** Goes on where an earlier cluster stopped, instead of with `workloads`. */
  snapshot?: ClusterSnapshot;
}

/** The state of a cluster: its objects, with field owners and versions. */
export interface ClusterSnapshot extends StoreSnapshot {
  /** When it was taken, ISO 8601. */
  takenAt: string;
}

/** A running sandbox cluster. */
export interface SandboxKubernetes {
  /** `https://host:port` */
  readonly url: string;
  /** PEM of the authority that signed the server's certificate. */
  readonly caCertificate: string;
  readonly tokens: SandboxTokens;
  /** YAML with one context for each token, the first being the current. */
  kubeconfig(): string;
  /** Every write in order of arrival. */
  readonly writes: WriteRecords;
  readonly faults: Pick<Faults, 'set' | 'clear' | 'list'>;
  /** What admission denies, on demand. */
  readonly policies: Pick<AdmissionPolicies, 'set' | 'clear'>;
  /** The stored object, undefined if there is none. */
  get(
    kind: string,
    namespace: string | undefined,
    name: string,
  ): AnyObject | undefined;
  /** All stored objects of a kind. */
  list(kind: string, namespace?: string): AnyObject[];
  /** Adds workloads to the running cluster. */
  seed(workloads: SeedObject[]): void;
  /** Removes every object, then begins anew with `workloads`. */
  reset(): void;
  /** What the option `snapshot` takes; versions go on after it. */
  snapshot(): ClusterSnapshot;
  /** Calls back after each write. */
  onChange(listener: () => void): void;
  /** Forgets old revisions: watches and lists from before get a 410. */
  compact(): void;
  /** Resets every connection. */
  dropConnections(): void;
  stop(): Promise<void>;
}

/**
 * Starts a Kubernetes API with its controllers and nodes, in memory.
 *
 * @throws Error of the socket if the port is taken, Error if the key of
 *   `authority` is not its certificate's
 */
export async function startSandboxKubernetes(
  options: SandboxKubernetesOptions = {},
): Promise<SandboxKubernetes> {
  const { host = '127.0.0.1', port = 0, speed = 1 } = options;
  const authority = options.authority ?? (await createCertificateAuthority());
  const certificate = await createServerCertificate(authority, [
    ...new Set([host, 'localhost', '127.0.0.1']),
  ]);
  const tokens = tokensOf(options);
  const { snapshot } = options;
  const clock = ScaledClock.create({ speed, stoppedAt: snapshot?.takenAt });
  const cluster = Cluster.create({ clock, addOns: options.argoRollouts });
  const faults = Faults.create();
  const writes = WriteRecords.create();
  const server = ApiServer.create({
    cluster,
    tokens,
    faults,
    records: writes,
    certificate,
  });

  runControlPlane(cluster, options);
  const plantAll = () => {
    plantBasics(cluster, defaultNodes(options.nodes));
    plant(cluster, options.workloads ?? []);
  };
  if (snapshot) {
    cluster.store.restore(snapshot);
  }
  giveServiceAccounts(cluster);
  if (!snapshot) {
    plantAll();
  }
  faults.onSet(fault => strikeOpenWatches(fault, cluster, server));

  const url = `https://${bracketed(host)}:${await server.listen(port, host)}`;
  const caCertificate = new X509Certificate(authority.ca).toString();
  return {
    url,
    caCertificate,
    tokens,
    kubeconfig: () => kubeconfigOf({ url, caCertificate, tokens }),
    writes,
    faults,
    policies: cluster.policies,
    get: (kind, namespace, name) =>
      cluster.store.get(kindNamed(kind), namespace, name),
    list: (kind, namespace) => cluster.store.list(kindNamed(kind), namespace),
    seed: workloads => plant(cluster, workloads),
    reset: () => {
      uproot(cluster);
      plantAll();
    },
    snapshot: () => ({
      ...cluster.store.snapshot(),
      takenAt: new Date().toISOString(),
    }),
    onChange: listener => {
      cluster.store.subscribe(() => listener());
    },
    compact: () => cluster.store.compact(),
    dropConnections: () => server.dropConnections(),
    stop: async () => {
      clock.stop();
      cluster.watches.endAll();
      await server.stop();
    },
  };
}

function runControlPlane(
  cluster: Cluster,
  options: SandboxKubernetesOptions,
): void {
  const events = EventRecorder.create(cluster);
  const readyTimes = ReadyTimes.create(cluster.store, cluster.clock);
  const parts = { cluster, events, readyTimes };
  DeploymentController.create(parts);
  ReplicaSetController.create(parts);
  StatefulSetController.create(parts);
  DaemonSetController.create(parts);
  RolloutController.create(parts);
  GarbageCollector.create(cluster);
  Scheduler.create(cluster, events);
  Kubelet.create({ ...parts, ...options });
}

function tokensOf(options: SandboxKubernetesOptions): SandboxTokens {
  const tokens = options.tokens ?? defaultTokens();
  const { deployToken } = options;
  return deployToken && tokens.deploy
    ? { ...tokens, deploy: { ...tokens.deploy, token: deployToken } }
    : tokens;
}

/** Some faults hit what is open already, not only what comes next. */
function strikeOpenWatches(
  { effect, path = '' }: Fault,
  cluster: Cluster,
  server: ApiServer,
): void {
  if (effect.kind === 'outage') {
    server.dropConnections();
  } else if (effect.kind === 'drop-watch') {
    server.dropWatches(new RegExp(path));
  } else if (effect.kind === 'expire-watch') {
    cluster.watches.endAll(EXPIRED);
  }
}

function kindNamed(kind: string) {
  const found = RESOURCE_KINDS.find(known => known.kind === kind);
  if (!found) {
    throw new Error(`The sandbox does not store ${kind}`);
  }
  return found;
}

/** IPv6 addresses stand in brackets in a URL. */
function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
