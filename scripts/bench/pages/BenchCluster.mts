import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts, isOpen } from '../../start/ports.mts';
import type { ProcessGroup } from '../../start/ProcessGroup.mts';
import type { Seed } from './workloads.mts';

interface CountedFault {
  id: string;
  hits: number;
}

/** A sandbox cluster by its control routes. */
export class BenchCluster {
  readonly #control: string;

  /** @param control - address of the routes */
  constructor(control: string) {
    this.#control = control;
  }

  /** Starts one as a process; the file is for the portal. */
  static async start(
    group: ProcessGroup,
    options: { root: string; folder: string; name: string },
  ): Promise<{ cluster: BenchCluster; kubeconfig: string }> {
    const { root, name } = options;
    const folder = join(options.folder, name);
    mkdirSync(folder, { recursive: true });
    const [control, kubernetes, registry] = await freePorts(3);
    const configFile = join(folder, 'sandbox.json');
    writeFileSync(
      configFile,
      JSON.stringify({
        directory: folder,
        control: { port: control },
        registry: { port: registry, seed: false },
        kubernetes: { port: kubernetes, seed: false, speed: 10 },
      }),
    );
    group.start({
      name,
      command: join(root, 'scripts', 'run-ts'),
      arguments: ['packages/sandbox/src/cli.ts', '--config', configFile],
      cwd: root,
    });
    const kubeconfig = join(folder, 'kubeconfig');
    while (!existsSync(kubeconfig) || !(await isOpen(control))) {
      await sleep(200);
    }
    return {
      cluster: new BenchCluster(`http://127.0.0.1:${control}`),
      kubeconfig,
    };
  }

  async seed(workloads: Seed[]): Promise<void> {
    await this.#call('POST', '/kubernetes/seed', { workloads });
  }

  /** From now on every connection is cut without an answer. */
  async goDown(): Promise<void> {
    await this.#call('POST', '/kubernetes/faults', {
      effect: { kind: 'outage' },
    });
  }

  /**
   * Counts requests from now on.
   * @param path - a regular expression
   */
  async count(
    path: string,
    method: 'GET' | 'WATCH',
  ): Promise<() => Promise<number>> {
    const { id } = await this.#call<CountedFault>(
      'POST',
      '/kubernetes/faults',
      {
        // Has no effect, but is told how often it was met.
        effect: { kind: 'latency', milliseconds: 0 },
        methods: [method],
        path,
      },
    );
    return async () => {
      const { faults } = await this.#call<{ faults: CountedFault[] }>(
        'GET',
        '/kubernetes/faults',
      );
      return faults.find(fault => fault.id === id)?.hits ?? 0;
    };
  }

  async #call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.#control}${path}`, {
      method,
      body: body && JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(`${path} answered ${await response.text()}`);
    }
    return (await response.json()) as T;
  }
}
