import { AnyObject, JsonObject } from '../objects';
import { FieldError } from '../status';

/**
 * Services and ingresses, as far as a client that makes a component meets
 * their rules. No recording shows them: the words are those of the API's
 * source, and the fields those of its types.
 */
interface ServicePort {
  name?: string;
  port?: number;
  protocol?: string;
  targetPort?: number | string;
}

/** Addresses are counted up, from the usual range. */
let nextAddress = 10;

export function serviceDefaults(object: AnyObject): AnyObject {
  const spec = (object.spec ?? {}) as JsonObject & { ports?: ServicePort[] };
  const clusterIP = spec.clusterIP ?? `10.96.0.${nextAddress++ % 250}`;
  return {
    ...object,
    spec: {
      ...spec,
      ports: (spec.ports ?? []).map(port => ({
        protocol: 'TCP',
        ...port,
        targetPort: port.targetPort ?? port.port,
      })),
      clusterIP,
      clusterIPs: [clusterIP],
      type: spec.type ?? 'ClusterIP',
      sessionAffinity: spec.sessionAffinity ?? 'None',
    },
    status: object.status ?? { loadBalancer: {} },
  };
}

export function validateService(object: AnyObject): FieldError[] {
  const { ports = [] } = (object.spec ?? {}) as { ports?: ServicePort[] };
  if (ports.length === 0) {
    return [
      { field: 'spec.ports', type: 'Required', message: 'Required value' },
    ];
  }
  return ports.flatMap(({ name, port, protocol }, index) => {
    const field = `spec.ports[${index}]`;
    const earlier = ports.slice(0, index);
    return [
      ...(port !== undefined && port >= 1 && port <= 65535
        ? []
        : [
            invalidValue(
              `${field}.port`,
              port ?? 0,
              'must be between 1 and 65535, inclusive',
            ),
          ]),
      ...(ports.length > 1 && !name
        ? [
            {
              field: `${field}.name`,
              type: 'Required' as const,
              message: 'Required value',
            },
          ]
        : []),
      ...(name && earlier.some(other => other.name === name)
        ? [duplicate(`${field}.name`, name)]
        : []),
      ...(earlier.some(
        other => other.port === port && other.protocol === protocol,
      )
        ? [duplicate(field, { port, protocol })]
        : []),
    ];
  });
}

interface IngressRule {
  host?: string;
  http?: { paths?: Array<{ path?: string; pathType?: string }> };
}

export function validateIngress(object: AnyObject): FieldError[] {
  const { rules = [], defaultBackend } = (object.spec ?? {}) as {
    rules?: IngressRule[];
    defaultBackend?: unknown;
  };
  if (rules.length === 0 && !defaultBackend) {
    return [
      invalidValue(
        'spec',
        object.spec,
        'either `defaultBackend` or `rules` must be specified',
      ),
    ];
  }
  return rules.flatMap(({ host, http }, index) => [
    ...hostErrors(host, `spec.rules[${index}].host`),
    ...(http?.paths ?? []).flatMap(({ path, pathType }, position) => {
      const field = `spec.rules[${index}].http.paths[${position}]`;
      return [
        ...(pathType
          ? []
          : [
              {
                field: `${field}.pathType`,
                type: 'Required' as const,
                message: 'Required value: pathType must be specified',
              },
            ]),
        ...(path?.startsWith('/')
          ? []
          : [
              invalidValue(
                `${field}.path`,
                path ?? '',
                'must be an absolute path',
              ),
            ]),
      ];
    }),
  ]);
}

function hostErrors(host: string | undefined, field: string): FieldError[] {
  if (!host) {
    return [];
  }
  if (/^[0-9.]+$/.test(host)) {
    return [invalidValue(field, host, 'must be a DNS name, not an IP address')];
  }
  const name = host.replace(/^\*\./, '');
  return /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(
    name,
  )
    ? []
    : [
        invalidValue(
          field,
          host,
          "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
        ),
      ];
}

function invalidValue(field: string, value: unknown, rule: string): FieldError {
  return {
    field,
    type: 'Invalid',
    message: `Invalid value: ${JSON.stringify(value)}: ${rule}`,
  };
}

function duplicate(field: string, value: unknown): FieldError {
  return {
    field,
    type: 'Duplicate',
    message: `Duplicate value: ${JSON.stringify(value)}`,
  };
}
