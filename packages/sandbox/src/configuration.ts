import { isIP } from 'node:net';
import { z } from 'zod';
import { notificationEndpointSchema } from './registry';

const port = z.number().int().min(0).max(65535);
const host = z.string().min(1).default('127.0.0.1');

const userSchema = z.strictObject({
  username: z.string().min(1),
  password: z.string().min(1),
  access: z
    .array(
      z.strictObject({
        repository: z.string().min(1),
        actions: z.array(z.string().min(1)),
      }),
    )
    .optional(),
});

const accessSchema = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('open') }),
  z.strictObject({
    mode: z.literal('basic'),
    users: z.array(userSchema).min(1),
    realm: z.string().optional(),
  }),
  z.strictObject({
    mode: z.literal('token'),
    users: z.array(userSchema).min(1),
    service: z.string().optional(),
    anonymousActions: z.array(z.string()).optional(),
    lifetimeSeconds: z.number().int().positive().optional(),
    allowPost: z.boolean().optional(),
  }),
]);

const registrySchema = z.strictObject({
  host,
  port: port.default(5001),
  /** Serves https with a certificate of the sandbox's authority. */
  tls: z.boolean().default(false),
  behavior: z.enum(['3', '2.8']).default('3'),
  access: accessSchema.default({ mode: 'open' }),
  /** Whether the demo images are there from the start. */
  seed: z.boolean().default(true),
  /** The short form of one endpoint; the secret is sent as a bearer token. */
  webhook: z
    .strictObject({
      url: z.url({ protocol: /^https?$/ }),
      secret: z.string().min(1).optional(),
      headers: z.record(z.string(), z.string()).default({}),
    })
    .optional(),
  /** Endpoints with everything that can be set. */
  endpoints: z.array(notificationEndpointSchema).default([]),
});

const kubernetesSchema = z.strictObject({
  host,
  port: port.default(6444),
  /** Token of the service account that the portal uses. */
  token: z.string().min(1).optional(),
  /** Whether the demo workloads run from the start. */
  seed: z.boolean().default(true),
  /** Simulated seconds in a second. */
  speed: z.number().positive().default(1),
});

const vendorsSchema = z.strictObject({
  host,
  /** Of the proxy through which the vendors' names lead here. */
  port: port.default(7009),
});

/** The file that `cli.ts --config` reads. */
export const sandboxConfigurationSchema = z.strictObject({
  /**
   * Holds the authority, its key, the kubeconfig and the state of registry and
   * cluster; nothing is kept without.
   */
  directory: z.string().min(1).optional(),
  /** Without it only loopback addresses are bound: nothing here is safe. */
  allowRemote: z.boolean().default(false),
  control: z.strictObject({ host, port: port.default(7008) }).prefault({}),
  registry: registrySchema.prefault({}),
  kubernetes: kubernetesSchema.prefault({}),
  /** Simulated vendors under their own names; none when absent. */
  vendors: vendorsSchema.optional(),
});

/** The configuration with all defaults filled in. */
export type SandboxConfiguration = z.infer<typeof sandboxConfigurationSchema>;

/** The configuration as someone writes it. */
export type SandboxConfigurationInput = z.input<
  typeof sandboxConfigurationSchema
>;

/**
 * Checks a configuration.
 *
 * @throws Error that names each wrong field, or the address that is not
 * loopback.
 */
export function readConfiguration(value: unknown): SandboxConfiguration {
  const result = sandboxConfigurationSchema.safeParse(value);
  if (!result.success) {
    const issues = result.error.issues.map(
      issue => `${issue.path.join('.') || 'configuration'}: ${issue.message}`,
    );
    throw new Error(issues.join('\n'));
  }
  const { allowRemote, control, registry, kubernetes, vendors } = result.data;
  for (const [name, part] of Object.entries({
    control,
    registry,
    kubernetes,
    vendors,
  })) {
    if (part && !allowRemote && !isLoopback(part.host)) {
      throw new Error(
        `${name}.host: '${part.host}' is not a loopback address; set allowRemote to bind it all the same`,
      );
    }
  }
  return result.data;
}

function isLoopback(address: string): boolean {
  return isIP(address) === 4
    ? address.startsWith('127.')
    : address === '::1' || address === 'localhost';
}
