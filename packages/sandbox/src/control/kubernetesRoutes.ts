import { z } from 'zod';
import type { SandboxKubernetes } from '../kubernetes';
import { checkBody, ControlError, ControlRoute } from './ControlRoute';

const milliseconds = z.number().int().nonnegative();
const count = z.number().int().positive();

const effectSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('outage') }),
  z.strictObject({ kind: z.literal('lost-answer') }),
  z.strictObject({ kind: z.literal('latency'), milliseconds }),
  z.strictObject({
    kind: z.literal('status'),
    code: z.number().int().min(400).max(599),
    retryAfterSeconds: z.number().int().nonnegative().optional(),
    message: z.string().optional(),
  }),
  z.strictObject({
    kind: z.literal('drop-watch'),
    afterEvents: z.number().int().nonnegative().optional(),
  }),
  z.strictObject({ kind: z.literal('expire-watch') }),
]);

const faultSchema = z.strictObject({
  effect: effectSchema,
  methods: z.array(z.string().min(1)).optional(),
  path: z.string().optional(),
  count: count.optional(),
  skip: z.number().int().nonnegative().optional(),
});

const seedSchema = z.strictObject({
  workloads: z
    .array(
      z.strictObject({
        fieldManager: z.string().min(1),
        object: z.record(z.string(), z.json()),
      }),
    )
    .min(1),
});

/** What of the cluster can be seen and changed from outside. */
export function kubernetesRoutes(
  kubernetes: SandboxKubernetes,
): ControlRoute[] {
  return [
    ...faultRoutes(kubernetes),
    {
      method: 'GET',
      path: '/kubernetes/writes',
      handle: () => ({ body: { writes: kubernetes.writes.list() } }),
    },
    {
      method: 'DELETE',
      path: '/kubernetes/writes',
      handle: () => {
        kubernetes.writes.clear();
        return { body: { writes: [] } };
      },
    },
    {
      method: 'POST',
      path: '/kubernetes/seed',
      handle: ({ body }) => {
        const { workloads } = checkBody(seedSchema, body);
        asCaller(() => kubernetes.seed(workloads));
        return { status: 201, body: { seeded: workloads.length } };
      },
    },
  ];
}

function faultRoutes({ faults }: SandboxKubernetes): ControlRoute[] {
  const path = '/kubernetes/faults';
  const states = () => ({ faults: faults.list() });
  return [
    { method: 'GET', path, handle: () => ({ body: states() }) },
    {
      method: 'POST',
      path,
      handle: ({ body }) => {
        const fault = checkBody(faultSchema, body);
        return { status: 201, body: { id: asCaller(() => faults.set(fault)) } };
      },
    },
    {
      method: 'DELETE',
      path,
      handle: () => {
        faults.clear();
        return { body: states() };
      },
    },
    {
      method: 'DELETE',
      path: `${path}/:id`,
      handle: ({ parameters }) => {
        if (!faults.list().some(each => each.id === parameters.id)) {
          throw new ControlError(404, `there is no fault ${parameters.id}`);
        }
        faults.clear(parameters.id);
        return { body: states() };
      },
    },
  ];
}

/** What the cluster refuses is the caller's mistake, in its own words. */
function asCaller<T>(change: () => T): T {
  try {
    return change();
  } catch (error) {
    throw new ControlError(
      400,
      error instanceof Error ? error.message : String(error),
    );
  }
}
