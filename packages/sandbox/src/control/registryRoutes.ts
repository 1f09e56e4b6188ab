import { z } from 'zod';
import {
  notificationEndpointSchema,
  pushImage,
  registryFaultSchema,
  SandboxRegistry,
} from '../registry';
import { checkBody, ControlError, ControlRoute } from './ControlRoute';

const pushSchema = z.strictObject({
  repository: z.string().min(1),
  tag: z.string().min(1),
  tags: z.array(z.string().min(1)).optional(),
  variation: z.string().optional(),
  created: z.iso.datetime().optional(),
  platforms: z
    .array(
      z.strictObject({
        os: z.string().min(1),
        architecture: z.string().min(1),
        variant: z.string().optional(),
      }),
    )
    .min(1)
    .optional(),
  labels: z.record(z.string(), z.string()).optional(),
  format: z.enum(['oci', 'docker']).optional(),
});

/** As whom the control server pushes to its own registry. */
export interface PushIdentity {
  username?: string;
  password?: string;
  /** PEM, for a registry that serves https. */
  ca?: string;
}

/** What of the registry can be seen and changed from outside. */
export function registryRoutes(
  registry: SandboxRegistry,
  identity: PushIdentity = {},
): ControlRoute[] {
  return [
    ...faultRoutes(registry),
    ...endpointRoutes(registry),
    {
      method: 'POST',
      path: '/registry/push',
      handle: async ({ body }) => {
        const { created, ...source } = checkBody(pushSchema, body);
        const pushed = await pushImage(registry.url, {
          ...source,
          ...identity,
          ...(created && { created: new Date(created) }),
        });
        return { status: 201, body: pushed };
      },
    },
  ];
}

function faultRoutes({ faults }: SandboxRegistry): ControlRoute[] {
  const path = '/registry/faults';
  return [
    {
      method: 'GET',
      path,
      handle: () => ({ body: { faults: faults.list() } }),
    },
    {
      method: 'POST',
      path,
      handle: ({ body }) => {
        const id = faults.add(checkBody(registryFaultSchema, body));
        return { status: 201, body: { id } };
      },
    },
    {
      method: 'DELETE',
      path,
      handle: () => {
        faults.clear();
        return { body: { faults: [] } };
      },
    },
    {
      method: 'DELETE',
      path: `${path}/:id`,
      handle: ({ parameters }) => {
        if (!faults.remove(Number(parameters.id))) {
          throw new ControlError(404, `there is no fault ${parameters.id}`);
        }
        return { body: { faults: faults.list() } };
      },
    },
  ];
}

function endpointRoutes({ notifier }: SandboxRegistry): ControlRoute[] {
  const path = '/registry/endpoints';
  const states = () => ({ endpoints: notifier.states() });
  return [
    { method: 'GET', path, handle: () => ({ body: states() }) },
    {
      method: 'POST',
      path,
      handle: ({ body }) => {
        notifier.setEndpoint(checkBody(notificationEndpointSchema, body));
        return { status: 201, body: states() };
      },
    },
    {
      method: 'DELETE',
      path: `${path}/:name`,
      handle: async ({ parameters }) => {
        if (!(await notifier.removeEndpoint(parameters.name))) {
          throw new ControlError(404, `no endpoint '${parameters.name}'`);
        }
        return { body: states() };
      },
    },
  ];
}
