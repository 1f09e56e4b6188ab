import {
  CreateWorkload,
  FieldProblem,
  kubernetesReason,
  validateWorkloadPlan,
  WorkloadPlan,
  WorkloadProbe,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  IngressDraft,
  ProbeDraft,
  probeNames,
  VolumeDraft,
  WorkloadDraft,
} from './WorkloadDraft';

/** What a form amounts to. */
export interface ReadDraft {
  /** Absent while something is wrong or missing. */
  plan?: WorkloadPlan;
  /** Each at its field, by the API server's own rules. */
  problems: FieldProblem[];
}

/** Bounds of the whole numbers of the form, as the contract has them. */
const bounds = {
  replicas: [0, 1000],
  runAsUser: [0, 2147483647],
  initialDelay: [0, 3600],
  period: [1, 3600],
  timeout: [1, 3600],
  failureThreshold: [1, 1000],
} as const;

/**
 * Makes the request of a form, or says what stands against it before anything
 * is sent.
 *
 * @param component - one of the catalog that is given a workload
 */
export function readDraft(draft: WorkloadDraft, component?: string): ReadDraft {
  const { image } = draft;
  const plan = {
    ...planWithoutImage(draft),
    ...(component && { component }),
  };
  const problems = [
    ...(image ? [] : missing('image')),
    ...(draft.owner.trim() ? referenceProblem('owner', draft.owner) : []),
    ...(draft.owner.trim() ? [] : missing('owner')),
    ...(draft.system.trim() ? referenceProblem('system', draft.system) : []),
    ...(draft.cluster ? [] : missing('place.cluster')),
    ...numberProblems(draft),
    ...commandProblems(draft),
    ...validateWorkloadPlan(plan).map(problem => asTyped(draft, problem)),
  ];
  return image && problems.length === 0
    ? { plan: { ...plan, image }, problems }
    : { problems };
}

/** Names a port that is no number by what was typed. */
export function asTyped(
  draft: WorkloadDraft,
  problem: FieldProblem,
): FieldProblem {
  const { path, reason } = problem;
  if (reason.params?.value !== 'NaN') {
    return problem;
  }
  const value = portAt(draft, path.split('.'));
  return value.trim() === ''
    ? { path, reason: kubernetesReason('value-required') }
    : { path, reason: kubernetesReason('port-out-of-range', { value }) };
}

function portAt(draft: WorkloadDraft, [part, index]: string[]): string {
  if (part === 'ports') {
    return draft.ports[Number(index)].port;
  }
  const probeName = probeNames.find(name => name === part);
  return probeName ? draft[probeName].port : draft.ingress.port;
}

/** The request that rehearses or makes a plan. */
export function requestOf(plan: WorkloadPlan, resume?: string): CreateWorkload {
  return { ...plan, ...(resume && { resume }) };
}

function missing(path: string): FieldProblem[] {
  return [{ path, reason: kubernetesReason('value-required') }];
}

/** A full reference of the catalog, as the backend asks for it. */
function referenceProblem(path: string, text: string): FieldProblem[] {
  return /^[^:/\s]+:[^:/\s]+\/[^:/\s]+$/.test(text.trim())
    ? []
    : [
        {
          path,
          reason: kubernetesReason('reference-incomplete', { value: text }),
        },
      ];
}

/** The plan as it is typed; what is no number is NaN. */
export function planWithoutImage(
  draft: WorkloadDraft,
): Omit<WorkloadPlan, 'image'> {
  const { cluster, namespace } = draft;
  const pullSecrets = draft.pullSecrets.split(/[\s,]+/).filter(Boolean);
  return {
    name: draft.name.trim(),
    description: draft.description.trim() || undefined,
    owner: draft.owner.trim(),
    system: draft.system.trim() || undefined,
    type: draft.type.trim() || undefined,
    lifecycle: draft.lifecycle.trim() || undefined,
    place: { cluster, namespace: namespace.trim() },
    replicas: toNumber(draft.replicas),
    requests: amounts(draft.requests),
    limits: amounts(draft.limits),
    command: lines(draft.command),
    arguments: lines(draft.arguments),
    ports: draft.ports.map(({ name, port, protocol }) => ({
      ...(name.trim() && { name: name.trim() }),
      port: toNumber(port),
      protocol,
    })),
    env: draft.env.map(each =>
      each.from === 'secret'
        ? {
            name: each.name.trim(),
            secret: {
              name: each.secretName.trim(),
              key: each.secretKey.trim(),
            },
          }
        : { name: each.name.trim(), value: each.value },
    ),
    readiness: probe(draft.readiness),
    liveness: probe(draft.liveness),
    startup: probe(draft.startup),
    volumes: draft.volumes.map(volume),
    service: draft.service,
    ingress: ingress(draft.ingress),
    restricted: draft.restricted || undefined,
    runAsUser: optionalNumber(draft.runAsUser),
    architecture: draft.architecture.trim() || undefined,
    serviceAccount: draft.serviceAccount.trim() || undefined,
    pullSecrets: pullSecrets.length > 0 ? pullSecrets : undefined,
  };
}

/** NaN for what is no whole number, which every check refuses. */
function toNumber(text: string): number {
  return /^\d{1,10}$/.test(text.trim()) ? Number(text) : NaN;
}

function optionalNumber(text: string): number | undefined {
  return text.trim() === '' ? undefined : toNumber(text);
}

function lines(text: string): string[] | undefined {
  const all = text.split('\n').filter(line => line !== '');
  return all.length > 0 ? all : undefined;
}

function amounts({ cpu, memory }: { cpu: string; memory: string }) {
  return cpu.trim() || memory.trim()
    ? {
        ...(cpu.trim() && { cpu: cpu.trim() }),
        ...(memory.trim() && { memory: memory.trim() }),
      }
    : undefined;
}

function checkOf(draft: ProbeDraft): WorkloadProbe['check'] | undefined {
  switch (draft.type) {
    case 'http':
      return {
        type: 'http',
        path: draft.path.trim(),
        port: toNumber(draft.port),
      };
    case 'tcp':
      return { type: 'tcp', port: toNumber(draft.port) };
    case 'command':
      return { type: 'command', command: lines(draft.command) ?? [] };
    default:
      return undefined;
  }
}

function probe(draft: ProbeDraft): WorkloadProbe | undefined {
  const check = checkOf(draft);
  return (
    check && {
      check,
      initialDelay: optionalNumber(draft.initialDelay),
      period: optionalNumber(draft.period),
      timeout: optionalNumber(draft.timeout),
      failureThreshold: optionalNumber(draft.failureThreshold),
    }
  );
}

function volume(draft: VolumeDraft): WorkloadPlan['volumes'][number] {
  const { storageClass, accessMode } = draft;
  return {
    name: draft.name.trim(),
    mountPath: draft.mountPath.trim(),
    readOnly: draft.readOnly || undefined,
    claim: draft.claim.trim(),
    create: draft.create
      ? {
          size: draft.size.trim(),
          storageClass: storageClass.trim() || undefined,
          accessMode,
        }
      : undefined,
  };
}

function ingress(draft: IngressDraft): WorkloadPlan['ingress'] {
  return draft.wanted
    ? {
        host: draft.host.trim() || undefined,
        path: draft.path.trim(),
        port: toNumber(draft.port),
        className: draft.className.trim() || undefined,
        tlsSecret: draft.tlsSecret.trim() || undefined,
      }
    : undefined;
}

function numberProblem(
  path: string,
  text: string,
  name: keyof typeof bounds,
): FieldProblem[] {
  const [least, most] = bounds[name];
  const value = toNumber(text);
  return value >= least && value <= most
    ? []
    : [
        {
          path,
          reason: kubernetesReason('number-out-of-range', {
            value: text,
            least: String(least),
            most: String(most),
          }),
        },
      ];
}

/** Numbers that are none, or out of their bounds. */
export function numberProblems(draft: WorkloadDraft): FieldProblem[] {
  const seconds = [
    'initialDelay',
    'period',
    'timeout',
    'failureThreshold',
  ] as const;
  return [
    ...(draft.replicas.trim() === ''
      ? missing('replicas')
      : numberProblem('replicas', draft.replicas, 'replicas')),
    ...(draft.runAsUser.trim() === ''
      ? []
      : numberProblem('runAsUser', draft.runAsUser, 'runAsUser')),
    ...probeNames
      .filter(name => draft[name].type !== 'none')
      .flatMap(name =>
        seconds
          .filter(field => draft[name][field].trim() !== '')
          .flatMap(field =>
            numberProblem(`${name}.${field}`, draft[name][field], field),
          ),
      ),
  ];
}

/** Probes that run a command and name none. */
export function commandProblems(draft: WorkloadDraft): FieldProblem[] {
  return probeNames
    .filter(name => draft[name].type === 'command')
    .filter(name => !lines(draft[name].command))
    .flatMap(name => missing(`${name}.check.command`));
}
