import type { SandboxKubernetes } from '../kubernetes';
import { SandboxRegistry } from '../registry';
import { ControlRoute } from './ControlRoute';

/** Everything that a person wants to know of a running sandbox. */
export function statusRoute(
  registry: SandboxRegistry,
  kubernetes: SandboxKubernetes,
): ControlRoute {
  return {
    method: 'GET',
    path: '/status',
    handle: () => ({
      body: {
        registry: {
          url: registry.url,
          ...registry.content.summary(),
          endpoints: registry.notifier.states(),
          faults: registry.faults.list(),
        },
        kubernetes: {
          url: kubernetes.url,
          writes: kubernetes.writes.list().length,
          faults: kubernetes.faults.list(),
        },
      },
    }),
  };
}
