import { Container } from '../objects';
import { FieldError, badRequest } from '../status';

const QUANTITY = /^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$/;

/** Rules of a pod's spec that a deploying client runs into. */
export function validatePodSpec(
  spec: {
    containers?: Container[];
    initContainers?: Container[];
    volumes?: unknown;
  },
  path: string,
): FieldError[] {
  const containers = spec.containers ?? [];
  if (containers.length === 0) {
    return [required(`${path}.containers`)];
  }
  const volumes = (spec.volumes ?? []) as Array<{ name?: string }>;
  return [
    ...containers.flatMap((container, index) =>
      mountErrors(container, volumes, `${path}.containers[${index}]`),
    ),
    ...containers.flatMap((container, index) =>
      containerErrors(container, `${path}.containers[${index}]`),
    ),
    ...(spec.initContainers ?? []).flatMap((container, index) =>
      containerErrors(container, `${path}.initContainers[${index}]`),
    ),
  ];
}

function required(field: string): FieldError {
  return { field, type: 'Required', message: 'Required value' };
}

function invalidValue(field: string, value: unknown, rule: string): FieldError {
  return {
    field,
    type: 'Invalid',
    message: `Invalid value: ${JSON.stringify(value)}: ${rule}`,
  };
}

function containerErrors(container: Container, path: string): FieldError[] {
  return [
    ...(container.name ? [] : [required(`${path}.name`)]),
    ...(container.image ? [] : [required(`${path}.image`)]),
    ...portErrors(container, path),
    ...environmentErrors(container, path),
    ...resourceErrors(container, path),
  ];
}

/** A mount names a volume of the pod, and no path is mounted twice. */
function mountErrors(
  container: Container,
  volumes: Array<{ name?: string }>,
  path: string,
): FieldError[] {
  const mounts = (container.volumeMounts ?? []) as Array<{
    name?: string;
    mountPath?: string;
  }>;
  return mounts.flatMap(({ name, mountPath }, index): FieldError[] => {
    const field = `${path}.volumeMounts[${index}]`;
    const repeated = mounts
      .slice(0, index)
      .some(other => other.mountPath === mountPath);
    return [
      ...(volumes.some(volume => volume.name === name)
        ? []
        : [
            {
              field: `${field}.name`,
              type: 'NotFound' as const,
              message: `Not found: ${JSON.stringify(name)}`,
            },
          ]),
      ...(mountPath ? [] : [required(`${field}.mountPath`)]),
      ...(repeated
        ? [invalidValue(`${field}.mountPath`, mountPath, 'must be unique')]
        : []),
    ];
  });
}

function portErrors(container: Container, path: string): FieldError[] {
  const ports = (container.ports ?? []) as Array<{ containerPort?: number }>;
  return ports.flatMap(({ containerPort }, index) => {
    const field = `${path}.ports[${index}].containerPort`;
    if (!containerPort) {
      return [required(field)];
    }
    return containerPort < 1 || containerPort > 65535
      ? [
          invalidValue(
            field,
            containerPort,
            'must be between 1 and 65535, inclusive',
          ),
        ]
      : [];
  });
}

function environmentErrors(container: Container, path: string): FieldError[] {
  const variables = (container.env ?? []) as Array<{ name?: string }>;
  return variables.flatMap(({ name }, index) => {
    const field = `${path}.env[${index}].name`;
    if (!name) {
      return [required(field)];
    }
    return /^[\x20-\x3c\x3e-\x7e]+$/.test(name)
      ? []
      : [
          invalidValue(
            field,
            name,
            "a valid environment variable name must consist only of printable ASCII characters other than '='",
          ),
        ];
  });
}

function resourceErrors(container: Container, path: string): FieldError[] {
  const { requests = {}, limits = {} } = (container.resources ?? {}) as {
    requests?: Record<string, string | number>;
    limits?: Record<string, string | number>;
  };
  const groups = [
    ['limits', limits],
    ['requests', requests],
  ] as const;
  const negative = groups.flatMap(([group, quantities]) =>
    Object.entries(quantities).flatMap(([name, quantity]) =>
      amountOf(quantity) < 0
        ? [
            invalidValue(
              `${path}.resources.${group}[${name}]`,
              String(quantity),
              'must be greater than or equal to 0',
            ),
          ]
        : [],
    ),
  );
  const above = Object.entries(requests).flatMap(([name, quantity]) =>
    name in limits && amountOf(quantity) > amountOf(limits[name])
      ? [
          invalidValue(
            `${path}.resources.requests`,
            String(quantity),
            `must be less than or equal to ${name} limit of ${limits[name]}`,
          ),
        ]
      : [],
  );
  return [...negative, ...above];
}

const UNITS: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * Number of a Kubernetes quantity.
 *
 * @throws StatusError 400 if it is none
 */
export function amountOf(quantity: string | number): number {
  const match = QUANTITY.exec(String(quantity));
  const unit = match ? UNITS[match[2]] : undefined;
  if (!match || (unit === undefined && !/^[eE][-+]?\d+$/.test(match[2]))) {
    throw badRequest(
      `Deployment in version "v1" cannot be handled as a Deployment: quantities must match the regular expression '${QUANTITY.source}'`,
    );
  }
  return unit === undefined
    ? Number(match[1] + match[2])
    : Number(match[1]) * unit;
}
