/** A Deployment for a cluster to begin with. */
export interface SeededWorkload {
  /** Of the Deployment, its container and its component. */
  component: string;
  /** Another one than the component's. */
  name?: string;
  namespace: string;
  /** Host, repository and tag. */
  image: string;
  /** Who is said to have made it; `kubectl` by default. */
  manager?: string;
  /** 2 by default. */
  replicas?: number;
}

/** What is wrong with a cluster until it is cleared. */
export type ClusterFault =
  | { kind: 'outage' }
  /** Answers come so many real milliseconds late. */
  | { kind: 'latency'; milliseconds: number }
  /** Answers are refused with this status. */
  | { kind: 'status'; code: number };

/** The control routes of the sandbox that tests and pictures use. */
export class SandboxControl {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** Builds a small image with a digest of its own and pushes it. */
  push(repository: string, tag: string): Promise<{ digest: string }> {
    return this.#send('POST', '/registry/push', { repository, tag });
  }

  /** Runs what is not there yet. */
  async run(workload: SeededWorkload): Promise<void> {
    await this.#send('POST', '/kubernetes/seed', {
      workloads: [
        {
          fieldManager: workload.manager ?? 'kubectl',
          object: deployment(workload),
        },
      ],
    });
  }

  /**
   * Lets the cluster fail from now on, what is open included.
   *
   * @param path - regular expression for what fails; everything by default
   * @returns ends this fault
   */
  async breakCluster(
    effect: ClusterFault,
    path?: string,
  ): Promise<() => Promise<void>> {
    const faults = '/kubernetes/faults';
    const { id } = await this.#send<{ id: string }>('POST', faults, {
      effect,
      path,
    });
    return async () => {
      await this.#send('DELETE', `${faults}/${id}`);
    };
  }

  async #send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) {
      throw new Error(`${path}: ${answer.error?.message}`);
    }
    return answer;
  }
}

function deployment(workload: SeededWorkload) {
  const { component, namespace, image, replicas = 2 } = workload;
  const { name = component } = workload;
  const labels = {
    'app.kubernetes.io/name': name,
    'backstage.io/kubernetes-id': component,
  };
  return {
    kind: 'Deployment',
    apiVersion: 'apps/v1',
    metadata: { name, namespace, labels },
    spec: {
      replicas,
      selector: { matchLabels: { 'app.kubernetes.io/name': name } },
      progressDeadlineSeconds: 60,
      template: {
        metadata: { labels },
        spec: {
          terminationGracePeriodSeconds: 5,
          containers: [
            {
              name: component,
              image,
              ports: [{ containerPort: 8080 }],
              readinessProbe: {
                httpGet: { path: '/healthz', port: 8080 },
                periodSeconds: 1,
              },
            },
          ],
        },
      },
    },
  };
}
