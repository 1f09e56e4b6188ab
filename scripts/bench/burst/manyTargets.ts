import {
  Policy,
  TargetRef,
  targetKey,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  deploymentOf,
  eventually,
  makeEnvironment,
  Push,
  pushTo,
  World,
} from '../../../packages/backend/src/systemTests/testing';

const NAMESPACE = 'shop-dev';
const COMPONENT = 'component:default/web';
/** What each repository holds, and each Deployment runs, at first. */
const FIRST_TAG = '0.1.0';

/** A Deployment, the repository it runs, and the policy between the two. */
export interface BurstTarget {
  target: TargetRef;
  repository: string;
  policy: Policy;
  /** What the repository held when the policy was made. */
  first: Push;
}

/** So many Deployments of one component, each with a repository of its own. */
export async function makeTargets(
  world: World,
  count: number,
): Promise<BurstTarget[]> {
  const names = Array.from({ length: count }, (_, n) => `burst-${n}`);
  world.cluster.seed(
    names.map(name => ({
      fieldManager: 'kubectl',
      object: deployment(
        name,
        `${world.registry.address}/burst/${name}:${FIRST_TAG}`,
      ),
    })),
  );
  await makeEnvironment(world);
  const targets: BurstTarget[] = [];
  for (const name of names) {
    targets.push(await makeTarget(world, name));
  }
  return targets;
}

async function makeTarget(world: World, name: string): Promise<BurstTarget> {
  const owner = world.portal.as('owner');
  const target = deploymentOf(NAMESPACE, name);
  const repository = `burst/${name}`;
  const first = await pushTo(world, repository, FIRST_TAG);
  const key = encodeURIComponent(targetKey(target));
  const policy = await eventually(async () => {
    await owner.post(`/targets/${key}/consent`, { entityRef: COMPONENT });
    return owner.post<Policy>('/policies', {
      entityRef: COMPONENT,
      target,
      image: { registryId: 'sandbox', repository },
      rule: { kind: 'semver', range: '*' },
    });
  });
  return { target, repository, policy, first };
}

function deployment(name: string, image: string) {
  const labels = { app: name };
  return {
    kind: 'Deployment',
    apiVersion: 'apps/v1',
    metadata: {
      name,
      namespace: NAMESPACE,
      labels: { 'backstage.io/kubernetes-id': 'web' },
    },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name, image }] },
      },
    },
  };
}
