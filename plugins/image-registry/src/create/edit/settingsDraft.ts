import {
  FieldProblem,
  kubernetesReason,
  SettingsEnv,
  validateWorkloadSettings,
  WorkloadIngress,
  WorkloadProbe,
  WorkloadSettings,
  WorkloadSettingsView,
  WorkloadVolume,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  asTyped,
  commandProblems,
  numberProblems,
  planWithoutImage,
} from '../readDraft';
import {
  emptyDraft,
  emptyRows,
  EnvDraft,
  IngressDraft,
  ProbeDraft,
  VolumeDraft,
  WorkloadDraft,
} from '../WorkloadDraft';

/** What a form amounts to. */
export interface ReadSettings {
  /** Absent while something is wrong or missing. */
  settings?: WorkloadSettings;
  problems: FieldProblem[];
}

/** The form as it stands before anything is typed. */
export function draftOfSettings(settings: WorkloadSettings): WorkloadDraft {
  const { replicas, requests, limits, ports, env } = settings;
  const empty = emptyDraft();
  return {
    ...empty,
    replicas: String(replicas),
    requests: { cpu: '', memory: '', ...requests },
    limits: { cpu: '', memory: '', ...limits },
    ports: ports.map(({ name = '', port, protocol = 'TCP' }) => ({
      name,
      port: String(port),
      protocol,
    })),
    env: env.map(envDraft),
    readiness: probeDraft(empty.readiness, settings.readiness),
    liveness: probeDraft(empty.liveness, settings.liveness),
    startup: probeDraft(empty.startup, settings.startup),
    command: inLines(settings.command),
    arguments: inLines(settings.arguments),
    volumes: settings.volumes.map(volumeDraft),
    service: settings.service,
    ingress: { ...empty.ingress, ...ingressDraft(settings.ingress) },
  };
}

/** Makes the settings of a form, or says what stands against them. */
export function readSettingsDraft(
  draft: WorkloadDraft,
  view: WorkloadSettingsView,
): ReadSettings {
  const plan = planWithoutImage(draft);
  const { replicas, requests, limits, ports } = plan;
  const { readiness, liveness, startup } = plan;
  const { volumes, service, ingress } = plan;
  const settings: WorkloadSettings = {
    replicas,
    requests,
    limits,
    ports,
    env: plan.env.map((each, index) =>
      draft.env[index].from === 'kept' ? { name: each.name, kept: true } : each,
    ),
    readiness,
    liveness,
    startup,
    command: unlessTyped(draft.command, view.settings.command, plan.command),
    arguments: unlessTyped(
      draft.arguments,
      view.settings.arguments,
      plan.arguments,
    ),
    volumes,
    service,
    ingress,
  };
  const problems = [
    ...numberProblems(draft),
    ...commandProblems(draft),
    ...validateWorkloadSettings(settings, view).map(problem =>
      problem.path === 'ports' ? problem : asTyped(draft, problem),
    ),
    ...missingKeys(draft.env),
  ];
  return problems.length === 0 ? { settings, problems } : { problems };
}

function envDraft({ name, value = '', secret, kept }: SettingsEnv): EnvDraft {
  const origin = secret ? 'secret' : 'value';
  return {
    name,
    from: kept ? 'kept' : origin,
    value,
    secretName: secret?.name ?? '',
    secretKey: secret?.key ?? '',
    known: kept,
  };
}

function inLines(texts: readonly string[] = []): string {
  return texts.join('\n');
}

/** An argument of several lines stays one as long as nobody touches it. */
function unlessTyped(
  typed: string,
  known: string[] | undefined,
  read: string[] | undefined,
): string[] | undefined {
  return typed === inLines(known) ? known : read;
}

function volumeDraft(volume: WorkloadVolume): VolumeDraft {
  const { name, mountPath, claim, readOnly = false } = volume;
  return {
    ...emptyRows.volume(),
    name,
    mountPath,
    claim,
    readOnly,
    create: false,
  };
}

function ingressDraft(
  ingress: WorkloadIngress | undefined,
): Partial<IngressDraft> {
  return ingress
    ? { ...ingress, wanted: true, port: String(ingress.port) }
    : { wanted: false };
}

/** The schema wants a name and a key of each secret. */
function missingKeys(env: readonly EnvDraft[]): FieldProblem[] {
  return env.flatMap(({ from, secretKey }, index) =>
    from === 'secret' && secretKey.trim() === ''
      ? [
          {
            path: `env.${index}.secret.key`,
            reason: kubernetesReason('value-required'),
          },
        ]
      : [],
  );
}

function probeDraft(
  empty: ProbeDraft,
  probe: WorkloadProbe | undefined,
): ProbeDraft {
  if (!probe) {
    return empty;
  }
  const { check } = probe;
  return {
    ...empty,
    type: check.type,
    ...(check.type === 'http' && { path: check.path }),
    ...(check.type === 'command'
      ? { command: check.command.join('\n') }
      : { port: String(check.port) }),
    initialDelay: text(probe.initialDelay),
    period: text(probe.period),
    timeout: text(probe.timeout),
    failureThreshold: text(probe.failureThreshold),
  };
}

function text(value: number | undefined): string {
  return value === undefined ? '' : String(value);
}
