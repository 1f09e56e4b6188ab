import { JsonObject } from '../objects';

/** The image of the recordings. */
export const IMAGE = '127.0.0.1:5000/web';

/** The workloads that were recorded: one container with a readiness probe. */
export function deploymentOf(
  name: string,
  options: {
    replicas?: number;
    image?: string;
    probe?: boolean;
    spec?: JsonObject;
    metadata?: JsonObject;
  } = {},
): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, ...options.metadata },
    spec: {
      replicas: options.replicas ?? 1,
      selector: { matchLabels: { app: name } },
      template: templateOf(name, options),
      ...options.spec,
    },
  };
}

export function templateOf(
  name: string,
  options: { image?: string; probe?: boolean } = {},
): JsonObject {
  return {
    metadata: { labels: { app: name } },
    spec: {
      terminationGracePeriodSeconds: 1,
      containers: [
        {
          name: 'web',
          image: options.image ?? `${IMAGE}:v1`,
          ...(options.probe !== false && {
            readinessProbe: {
              httpGet: { path: '/', port: 8080 },
              periodSeconds: 1,
            },
          }),
        },
      ],
    },
  };
}

/** What a driver applies: one container's image and nothing else. */
export function imagePatch(
  kind: string,
  name: string,
  image: string,
): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name },
    spec: { template: { spec: { containers: [{ name: 'web', image }] } } },
  };
}
