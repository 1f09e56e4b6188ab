import type { WorkloadPlan } from '../api/workloads';
import { Manifest } from './workloadManifests';

type FormPath = (captured: string[]) => string;

const container = '(?:spec\\.template\\.)?spec\\.containers\\[0\\]';

/**
 * Where a field of an object stands in the form, the more special first. The
 * patterns meet the API server's spelling of `details.causes[].field`.
 */
const fields: ReadonlyArray<{
  kind: Manifest['kind'];
  field: string;
  path: FormPath;
}> = [
  ...['requests', 'limits'].flatMap(group => [
    {
      kind: 'Deployment' as const,
      field: `${container}\\.resources\\.${group}\\[(cpu|memory)\\]`,
      path: ([resource]: string[]) => `${group}.${resource}`,
    },
    {
      kind: 'Deployment' as const,
      field: `${container}\\.resources\\.${group}`,
      path: () => group,
    },
  ]),
  {
    kind: 'Deployment',
    field: `${container}\\.ports\\[(\\d+)\\]\\.name`,
    path: ([index]) => `ports.${index}.name`,
  },
  {
    kind: 'Deployment',
    field: `${container}\\.ports\\[(\\d+)\\]`,
    path: ([index]) => `ports.${index}.port`,
  },
  {
    kind: 'Deployment',
    field: `${container}\\.env\\[(\\d+)\\]\\.valueFrom\\.secretKeyRef\\.(name|key)`,
    path: ([index, part]) => `env.${index}.secret.${part}`,
  },
  {
    kind: 'Deployment',
    field: `${container}\\.env\\[(\\d+)\\]\\.(name|value)`,
    path: ([index, part]) => `env.${index}.${part}`,
  },
  {
    kind: 'Deployment',
    field: `${container}\\.env\\[(\\d+)\\]`,
    path: ([index]) => `env.${index}.name`,
  },
  {
    kind: 'Deployment',
    field: `${container}\\.volumeMounts\\[(\\d+)\\]\\.name`,
    path: ([index]) => `volumes.${index}.name`,
  },
  {
    kind: 'Deployment',
    field: `${container}\\.volumeMounts\\[(\\d+)\\]`,
    path: ([index]) => `volumes.${index}.mountPath`,
  },
  {
    kind: 'Deployment',
    field: 'spec\\.template\\.spec\\.volumes\\[(\\d+)\\]\\.name',
    path: ([index]) => `volumes.${index}.name`,
  },
  {
    kind: 'Deployment',
    field: 'spec\\.template\\.spec\\.volumes\\[(\\d+)\\]',
    path: ([index]) => `volumes.${index}.claim`,
  },
  ...(['readiness', 'liveness', 'startup'] as const).flatMap(probe => [
    {
      kind: 'Deployment' as const,
      field: `${container}\\.${probe}Probe\\.(?:httpGet|tcpSocket)\\.(port|path)`,
      path: ([part]: string[]) => `${probe}.check.${part}`,
    },
    {
      kind: 'Deployment' as const,
      field: `${container}\\.${probe}Probe`,
      path: () => probe,
    },
  ]),
  {
    kind: 'Deployment',
    field: `${container}\\.securityContext\\.runAsUser`,
    path: () => 'runAsUser',
  },
  { kind: 'Deployment', field: `${container}\\.image`, path: () => 'image' },
  {
    kind: 'Deployment',
    field: 'spec\\.template\\.spec\\.imagePullSecrets\\[(\\d+)\\]',
    path: ([index]) => `pullSecrets.${index}`,
  },
  {
    kind: 'Deployment',
    field: 'spec\\.template\\.spec\\.serviceAccountName',
    path: () => 'serviceAccount',
  },
  {
    kind: 'Deployment',
    field: 'spec\\.template\\.spec\\.nodeSelector',
    path: () => 'architecture',
  },
  { kind: 'Deployment', field: 'spec\\.replicas', path: () => 'replicas' },
  {
    kind: 'Service',
    field: 'spec\\.ports\\[(\\d+)\\]\\.name',
    path: ([index]) => `ports.${index}.name`,
  },
  {
    kind: 'Service',
    field: 'spec\\.ports\\[(\\d+)\\]',
    path: ([index]) => `ports.${index}.port`,
  },
  { kind: 'Service', field: 'spec\\.ports', path: () => 'service' },
  {
    kind: 'Ingress',
    field: 'spec\\.rules\\[0\\]\\.host',
    path: () => 'ingress.host',
  },
  {
    kind: 'Ingress',
    field: 'spec\\.rules\\[0\\]\\.http\\.paths\\[0\\]\\.path',
    path: () => 'ingress.path',
  },
  {
    kind: 'Ingress',
    field: 'spec\\.rules\\[0\\]\\.http\\.paths\\[0\\]\\.backend',
    path: () => 'ingress.port',
  },
  {
    kind: 'Ingress',
    field: 'spec\\.tls\\[0\\]\\.hosts',
    path: () => 'ingress.host',
  },
  {
    kind: 'Ingress',
    field: 'spec\\.tls\\[0\\]',
    path: () => 'ingress.tlsSecret',
  },
  {
    kind: 'Ingress',
    field: 'spec\\.ingressClassName',
    path: () => 'ingress.className',
  },
  { kind: 'Ingress', field: 'spec', path: () => 'ingress' },
];

/** Fields of a claim, below its volume in the form. */
const claimFields: ReadonlyArray<[RegExp, string]> = [
  [/^spec\.resources/, 'create.size'],
  [/^spec\.storageClassName/, 'create.storageClass'],
  [/^spec\.accessModes/, 'create.accessMode'],
];

/**
 * The field of the form that a refusal of the API server is about.
 * @param field - as `details.causes[].field` spells it
 * @returns the form as a whole, an empty path, when no field stands for it
 */
export function formPathOf(
  plan: Pick<WorkloadPlan, 'volumes'>,
  manifest: Pick<Manifest, 'kind' | 'metadata'>,
  field: string | undefined,
): string {
  if (manifest.kind === 'PersistentVolumeClaim') {
    return claimPath(plan, manifest.metadata.name, field);
  }
  if (field === undefined || field.startsWith('metadata.')) {
    return field === 'metadata.namespace' ? 'place.namespace' : 'name';
  }
  for (const known of fields) {
    const match =
      known.kind === manifest.kind && new RegExp(`^${known.field}`).exec(field);
    if (match) {
      return known.path(match.slice(1));
    }
  }
  return '';
}

function claimPath(
  { volumes }: Pick<WorkloadPlan, 'volumes'>,
  name: string,
  field: string | undefined,
): string {
  const index = volumes.findIndex(
    ({ claim, create }) => create && claim === name,
  );
  const known = claimFields.find(([pattern]) => pattern.test(field ?? ''));
  return `volumes.${index}.${known ? known[1] : 'claim'}`;
}
