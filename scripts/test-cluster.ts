import { spawnSync } from 'child_process';
import { resolve } from 'path';
import { KubeConfig } from '@kubernetes/client-node';
import { ClusterClient } from '../plugins/image-registry-backend-module-kubernetes/src/clusters';

/**
 * Runs the behaviour tests of the Kubernetes driver against a real cluster: the
 * same file that `./run test` runs against the sandbox cluster. Without
 * KUBECONFIG it is the sandbox here too.
 */

interface Node {
  metadata: { name: string };
  status?: { conditions?: Array<{ type: string; status: string }> };
}

/** What the tests need to know before they are registered. */
async function abilitiesOf(path: string): Promise<Record<string, string>> {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromFile(path);
  const context = kubeConfig.getCurrentContext();
  const client = new ClusterClient(context, kubeConfig);
  try {
    const { gitVersion } = await client.json<{ gitVersion: string }>({
      path: '/version',
    });
    const { items } = await client.json<{ items: Node[] }>({
      path: '/api/v1/nodes',
    });
    const ready = items.filter(({ status }) =>
      status?.conditions?.some(
        condition => condition.type === 'Ready' && condition.status === 'True',
      ),
    );
    const rollouts = await client.discovery.serves(
      'argoproj.io/v1alpha1',
      'rollouts',
    );
    console.log(
      `Context ${context}: Kubernetes ${gitVersion}, ${ready.length} of ${
        items.length
      } nodes ready, Argo Rollouts ${rollouts ? 'installed' : 'not installed'}`,
    );
    return {
      BEHAVIOUR_KUBECONFIG: resolve(path),
      BEHAVIOUR_RUNS_PODS: String(ready.length > 0),
      BEHAVIOUR_ROLLOUTS: String(rollouts && ready.length > 0),
    };
  } finally {
    await client.close();
  }
}

async function main(): Promise<number> {
  // A list of files would be merged by kubectl; the first is the one meant.
  const [path] = (process.env.KUBECONFIG ?? '').split(':');
  const abilities = path ? await abilitiesOf(path) : {};
  if (!path) {
    console.log('No KUBECONFIG: the sandbox cluster is tested');
  }
  const { status } = spawnSync(
    'yarn',
    [
      'workspace',
      '@slipway/backstage-plugin-image-registry-backend-module-kubernetes',
      'test',
      '--watchAll=false',
      '--verbose',
      'src/behaviour',
      ...process.argv.slice(2),
    ],
    { stdio: 'inherit', env: { ...process.env, ...abilities } },
  );
  return status ?? 1;
}

main().then(
  status => {
    process.exitCode = status;
  },
  error => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
