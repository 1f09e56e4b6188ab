import { KubeConfig } from '@kubernetes/client-node';
import { sourceOf, SPEED, startCluster } from '../testing/sandboxCluster';
import { BehaviourCluster } from './BehaviourCluster';

/** Set by `./run test:cluster`: a kubeconfig, and what the cluster can do. */
const {
  BEHAVIOUR_KUBECONFIG: kubeconfig,
  BEHAVIOUR_RUNS_PODS: runsPods,
  BEHAVIOUR_ROLLOUTS: rollouts,
  BEHAVIOUR_REPOSITORY: repository = 'registry.k8s.io/pause',
  BEHAVIOUR_FIRST_TAG: firstTag = '3.9',
  BEHAVIOUR_SECOND_TAG: secondTag = '3.10',
  BEHAVIOUR_CRASHING_IMAGE: crashing,
} = process.env;

/** What the cluster at hand can do; the sandbox can do all of it. */
export const abilities = {
  runsPods: kubeconfig === undefined || runsPods === 'true',
  rollouts: kubeconfig === undefined || rollouts === 'true',
  crashing: kubeconfig === undefined || crashing !== undefined,
};

/** Opens the cluster of KUBECONFIG, else a sandbox cluster of its own. */
export async function openBehaviourCluster(): Promise<BehaviourCluster> {
  return kubeconfig === undefined ? openSandbox() : openReal(kubeconfig);
}

async function openSandbox(): Promise<BehaviourCluster> {
  const sandbox = await startCluster([], { argoRollouts: true });
  const base = 'registry.example/cart';
  return BehaviourCluster.open({
    source: sourceOf(sandbox, 'behaviour', 'admin'),
    images: {
      first: `${base}:v1`,
      second: `${base}:v2`,
      missing: `${base}:v3-broken`,
      crashing: `${base}:v3-crash`,
    },
    patienceMs: 20_000,
    settleMs: 2_000 / SPEED,
    release: () => sandbox.stop(),
  });
}

async function openReal(path: string): Promise<BehaviourCluster> {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromFile(path);
  return BehaviourCluster.open({
    source: { name: 'behaviour', connection: { kubeConfig } },
    images: {
      first: `${repository}:${firstTag}`,
      second: `${repository}:${secondTag}`,
      missing: `${repository}:no-such-tag`,
      crashing,
    },
    patienceMs: 180_000,
    settleMs: 2_000,
    release: async () => undefined,
  });
}
