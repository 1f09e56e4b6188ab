import type { SandboxKubernetes } from '../kubernetes';
import { SandboxRegistry } from '../registry';
import { VendorWorld } from '../vendors';
import { ControlRoute } from './ControlRoute';

/** Everything that a person wants to know of a running sandbox. */
export function statusRoute(
  registry: SandboxRegistry,
  kubernetes: SandboxKubernetes,
  vendors?: VendorWorld,
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
        ...(vendors && {
          vendors: {
            proxy: vendors.proxyUrl,
            hosts: Object.fromEntries(
              vendors.vendors.map(({ hosts, id }) => [id, hosts]),
            ),
            requests: vendors.requests.list().length,
            faults: vendors.faults.list(),
          },
        }),
      },
    }),
  };
}
