/** Workloads of each cluster. */
export const WORKLOADS = 200;

/** What each cluster runs of one component, spread over some namespaces. */
export const FEW = { component: 'web', count: 3 };
/** And of the other: nearly all that it runs. */
export const MANY = { component: 'api', count: WORKLOADS - FEW.count };
const NAMESPACES = 4;

/** What the control route of a sandbox seeds. */
export interface Seed {
  fieldManager: string;
  object: object;
}

/** 200 Deployments of two components. */
export function manyWorkloads(): Seed[] {
  return [FEW, MANY].flatMap(({ component, count }) =>
    Array.from({ length: count }, (_, index) =>
      deployment({
        component,
        name: `${component}-${index}`,
        namespace: `bench-${index % NAMESPACES}`,
        image: `registry.example/${component}:v1.${index}.0`,
      }),
    ),
  );
}

/** One Deployment with one pod. */
export function deployment(of: {
  component: string;
  name: string;
  namespace: string;
  image: string;
}): Seed {
  const labels = { app: of.name };
  return {
    fieldManager: 'helm',
    object: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: of.name,
        namespace: of.namespace,
        labels: { 'backstage.io/kubernetes-id': of.component },
      },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [{ name: 'app', image: of.image }] },
        },
      },
    },
  };
}
