import { WorkloadKind } from '@slipway/backstage-plugin-image-registry-common';
import { workloadTypes } from '../workloads/workloadTypes';
import { BehaviourImages, Manifest } from './BehaviourCluster';

/** The component that all workloads of the behaviour tests belong to. */
export const COMPONENT = 'behaviour';

/** Beyond the one container that each workload has. */
export interface ManifestOptions {
  spec?: object;
  /** Into the pod's own specification. */
  pod?: object;
  sidecar?: boolean;
  init?: boolean;
  metadata?: object;
}

/** A workload of one container `web`, as Helm would apply it. */
export function manifestOf(
  kind: WorkloadKind,
  name: string,
  images: BehaviourImages,
  options: ManifestOptions = {},
): Manifest {
  const labels = { app: name };
  const { first } = images;
  const template = {
    metadata: { labels },
    spec: {
      terminationGracePeriodSeconds: 1,
      containers: [
        { name: 'web', image: first },
        ...(options.sidecar ? [{ name: 'proxy', image: first }] : []),
      ],
      ...(options.init && {
        initContainers: [{ name: 'migrate', image: first }],
      }),
      ...(kind === 'CronJob' && { restartPolicy: 'OnFailure' }),
      ...options.pod,
    },
  };
  return {
    apiVersion: workloadTypes[kind].apiVersion,
    kind,
    metadata: {
      name,
      labels: {
        'backstage.io/kubernetes-id': COMPONENT,
        'app.kubernetes.io/managed-by': 'Helm',
      },
      annotations: { 'meta.helm.sh/release-name': name },
      ...options.metadata,
    },
    spec:
      kind === 'CronJob'
        ? {
            schedule: '0 6 * * *',
            jobTemplate: { spec: { template } },
            ...options.spec,
          }
        : {
            selector: { matchLabels: labels },
            template,
            ...(kind !== 'DaemonSet' && { replicas: 2 }),
            ...(kind === 'StatefulSet' && { serviceName: name }),
            ...(kind === 'Rollout' && { strategy: { canary: {} } }),
            ...options.spec,
          },
  };
}
