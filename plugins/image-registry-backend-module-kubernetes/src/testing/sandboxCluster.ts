import { WorkloadKind } from '@slipway/backstage-plugin-image-registry-common';
import { RolloutObservation } from '@slipway/backstage-plugin-image-registry-node';
import { KubeConfig } from '@kubernetes/client-node';
import {
  SandboxKubernetes,
  SandboxKubernetesOptions,
  SeedObject,
  startSandboxKubernetes,
} from '@slipway/sandbox';
import { ClusterSource } from '../clusters';
import { workloadTypes } from '../workloads/workloadTypes';

/** Workloads roll out so many times faster than on a real cluster. */
export const SPEED = 20;

/** Starts a sandbox cluster at the speed of tests. */
export function startCluster(
  workloads: SeedObject[],
  options: SandboxKubernetesOptions = {},
): Promise<SandboxKubernetes> {
  return startSandboxKubernetes({
    speed: SPEED,
    maxCrashBackOffSeconds: 20,
    workloads,
    ...options,
  });
}

/** A sandbox cluster as a cluster of the driver, signed in by this token. */
export function sourceOf(
  sandbox: SandboxKubernetes,
  name: string,
  token: string = 'deploy',
): ClusterSource {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromClusterAndUser(
    {
      name,
      server: sandbox.url,
      caData: Buffer.from(sandbox.caCertificate).toString('base64'),
      skipTLSVerify: false,
    },
    { name: token, token: sandbox.tokens[token].token },
  );
  return { name, connection: { kubeConfig } };
}

/** A workload of component `cart` in namespace `shop`, made by Helm. */
export function workload(
  kind: WorkloadKind,
  name: string,
  spec: object = {},
): SeedObject {
  const labels = { app: name };
  const template = {
    metadata: { labels },
    spec: {
      containers: [
        {
          name: 'web',
          image: 'registry.example/cart:v1',
          readinessProbe: { httpGet: { path: '/', port: 8080 } },
        },
      ],
      ...(kind === 'CronJob' && { restartPolicy: 'OnFailure' }),
    },
  };
  const object = {
    apiVersion: workloadTypes[kind].apiVersion,
    kind,
    metadata: {
      name,
      namespace: 'shop',
      labels: { 'backstage.io/kubernetes-id': 'cart' },
    },
    spec:
      kind === 'CronJob'
        ? {
            schedule: '0 6 * * *',
            jobTemplate: { spec: { template } },
            ...spec,
          }
        : {
            selector: { matchLabels: labels },
            template,
            ...(kind !== 'DaemonSet' && { replicas: 2 }),
            ...(kind === 'StatefulSet' && { serviceName: name }),
            ...(kind === 'Rollout' && { strategy: { canary: {} } }),
            ...spec,
          },
  };
  // Seeds are plain JSON; the spread above hides that from the compiler.
  return { fieldManager: 'helm', object: JSON.parse(JSON.stringify(object)) };
}

/** All observations of a rollout. */
export async function collect(
  observations: AsyncIterable<RolloutObservation>,
): Promise<RolloutObservation[]> {
  const all: RolloutObservation[] = [];
  for await (const observation of observations) {
    all.push(observation);
  }
  return all;
}
