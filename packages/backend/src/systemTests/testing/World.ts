import {
  Environment,
  Policy,
  TagRule,
  TargetRef,
  targetKey,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  defaultWorkloads,
  pushImage,
  SandboxKubernetes,
  SandboxRegistry,
  startSandboxKubernetes,
  startSandboxRegistry,
} from '@slipway/sandbox';
import { randomBytes } from 'node:crypto';
import { Portal, PostgresConnection } from './Portal';
import { Push } from './WebhookSender';

/** How a world is started. */
export interface WorldOptions {
  /** Processes of the portal. Default 1. */
  replicas?: number;
  postgres?: PostgresConnection;
  /** Simulated seconds in a second of the cluster. Default 20. */
  clusterSpeed?: number;
  /** Below `imageRegistry`, beside what every world has. */
  imageRegistry?: object;
  /** Addresses of this machine that the portal may call, beside the sandbox. */
  allowedLoopback?: string[];
  /** As of `PortalOptions`. */
  nodeArguments?: string[];
}

/** A sandbox registry, a sandbox cluster, and a portal that knows both. */
export interface World {
  registry: SandboxRegistry;
  cluster: SandboxKubernetes;
  portal: Portal;
  /** Where the registry's pushes are told, and what must be sent along. */
  webhook: { url: string; authorization: string };
  stop(): Promise<void>;
}

/** Starts a world in which the example shop runs. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const registry = await startSandboxRegistry();
  const cluster = await startSandboxKubernetes({
    speed: options.clusterSpeed ?? 20,
    workloads: defaultWorkloads(registry.address),
    resolveImage: async image => {
      const digest = registry.resolveDigest(image);
      // What the shop runs at first was never pushed, and runs all the same.
      return digest ? { digest } : 'unknown';
    },
  });
  const secret = randomBytes(24).toString('base64url');
  const { allowedLoopback = [] } = options;
  const stopSandbox = async () => {
    await cluster.stop();
    await registry.stop();
  };
  try {
    const portal = await Portal.start({
      kubeconfig: cluster.kubeconfig(),
      postgres: options.postgres,
      replicas: options.replicas,
      nodeArguments: options.nodeArguments,
      imageRegistry: {
        ...options.imageRegistry,
        outgoing: {
          allowedLoopback: [registry.address, ...allowedLoopback],
        },
        registries: {
          sandbox: {
            name: 'Sandbox',
            provider: 'distribution',
            address: registry.url,
            webhookEndpoints: { pushes: { secret } },
          },
        },
      },
    });
    return {
      registry,
      cluster,
      portal,
      webhook: {
        url: `${portal.url}/api/image-registry/webhooks/config-sandbox-pushes`,
        authorization: `Bearer ${secret}`,
      },
      stop: async () => {
        await portal.stop();
        await stopSandbox();
      },
    };
  } catch (error) {
    await stopSandbox();
    throw error;
  }
}

/** The container of one of the shop's Deployments. */
export function deploymentOf(namespace: string, name: string): TargetRef {
  return {
    cluster: 'sandbox',
    namespace,
    kind: 'Deployment',
    name,
    container: name,
  };
}

/** One environment with all of the shop's namespaces. */
export function makeEnvironment({ portal }: World): Promise<Environment> {
  return portal.as('admin').post('/environments', {
    name: 'shop',
    places: [{ cluster: 'sandbox', namespaces: ['shop-*'] }],
  });
}

/** Consents to manage a target's image and lets a rule deploy it. */
export async function makePolicy(
  { portal }: World,
  target: TargetRef,
  options: { repository: string; rule: TagRule; registryId?: string },
): Promise<Policy> {
  const owner = portal.as('owner');
  const entityRef = `component:default/${target.name}`;
  const key = encodeURIComponent(targetKey(target));
  await owner.post(`/targets/${key}/consent`, { entityRef });
  return owner.post('/policies', {
    entityRef,
    target,
    image: {
      registryId: options.registryId ?? 'sandbox',
      repository: options.repository,
    },
    rule: options.rule,
  });
}

/** Pushes an image to the sandbox registry; nobody is told. */
export async function pushTo(
  { registry }: World,
  repository: string,
  tag: string,
): Promise<Push> {
  const { digest } = await pushImage(registry.url, { repository, tag });
  return { repository, tag, digest, at: new Date().toISOString() };
}

/** How a cluster is told to run what was pushed to the sandbox registry. */
export function referenceTo(
  { registry }: World,
  { repository, tag, digest }: Push,
): string {
  return `${registry.address}/${repository}:${tag}@${digest}`;
}

/** The image that a Deployment of the sandbox cluster is to run. */
export function imageOf(
  { cluster }: Pick<World, 'cluster'>,
  target: TargetRef,
): string {
  const workload = cluster.get(target.kind, target.namespace, target.name);
  const containers = (
    workload?.spec as {
      template: { spec: { containers: { name: string; image: string }[] } };
    }
  ).template.spec.containers;
  return containers.find(each => each.name === target.container)?.image ?? '';
}
