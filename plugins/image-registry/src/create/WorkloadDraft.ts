import { PickedImage } from '@slipway/backstage-plugin-image-registry-react';

/** A port as it is typed. */
export interface PortDraft {
  name: string;
  port: string;
  protocol: 'TCP' | 'UDP' | 'SCTP';
}

/** An environment variable as it is typed. */
export interface EnvDraft {
  name: string;
  /** `kept`: as the cluster has it, which tells no values. */
  from: 'value' | 'secret' | 'kept';
  value: string;
  secretName: string;
  secretKey: string;
  /** The cluster has it, so that it can be kept. */
  known?: boolean;
}

/** A probe as it is typed. */
export interface ProbeDraft {
  type: 'none' | 'http' | 'tcp' | 'command';
  path: string;
  port: string;
  /** One argument a line. */
  command: string;
  /** Seconds, as the three below. */
  initialDelay: string;
  period: string;
  timeout: string;
  failureThreshold: string;
}

/** A volume by claim as it is typed. */
export interface VolumeDraft {
  name: string;
  mountPath: string;
  readOnly: boolean;
  claim: string;
  /** Whether the claim is made with it. */
  create: boolean;
  size: string;
  storageClass: string;
  accessMode: 'ReadWriteOnce' | 'ReadWriteMany' | 'ReadOnlyMany';
}

/** An ingress as it is typed. */
export interface IngressDraft {
  wanted: boolean;
  host: string;
  path: string;
  port: string;
  className: string;
  tlsSecret: string;
}

/** The three checks of a container. */
export const probeNames = ['readiness', 'liveness', 'startup'] as const;

/** The form *Create a component from an image*, as it is typed. */
export interface WorkloadDraft {
  image?: PickedImage;
  name: string;
  description: string;
  owner: string;
  system: string;
  type: string;
  lifecycle: string;
  cluster: string;
  namespace: string;
  replicas: string;
  requests: { cpu: string; memory: string };
  limits: { cpu: string; memory: string };
  ports: PortDraft[];
  env: EnvDraft[];
  readiness: ProbeDraft;
  liveness: ProbeDraft;
  startup: ProbeDraft;
  volumes: VolumeDraft[];
  service: boolean;
  ingress: IngressDraft;
  restricted: boolean;
  runAsUser: string;
  architecture: string;
  serviceAccount: string;
  /** Names, separated by spaces or commas. */
  pullSecrets: string;
  /** One argument a line. */
  command: string;
  arguments: string;
}

const noProbe: ProbeDraft = {
  type: 'none',
  path: '/',
  port: '',
  command: '',
  initialDelay: '',
  period: '',
  timeout: '',
  failureThreshold: '',
};

/** A row that nobody has filled in. */
export const emptyRows = {
  port: (): PortDraft => ({ name: '', port: '', protocol: 'TCP' }),
  env: (): EnvDraft => ({
    name: '',
    from: 'value',
    value: '',
    secretName: '',
    secretKey: '',
  }),
  volume: (): VolumeDraft => ({
    name: '',
    mountPath: '',
    readOnly: false,
    claim: '',
    create: true,
    size: '1Gi',
    storageClass: '',
    accessMode: 'ReadWriteOnce',
  }),
};

/** The form before an image is chosen. */
export function emptyDraft(given: Partial<WorkloadDraft> = {}): WorkloadDraft {
  return {
    name: '',
    description: '',
    owner: '',
    system: '',
    type: 'service',
    lifecycle: 'production',
    cluster: '',
    namespace: '',
    replicas: '1',
    requests: { cpu: '', memory: '' },
    limits: { cpu: '', memory: '' },
    ports: [],
    env: [],
    readiness: noProbe,
    liveness: noProbe,
    startup: noProbe,
    volumes: [],
    service: false,
    ingress: {
      wanted: false,
      host: '',
      path: '/',
      port: '',
      className: '',
      tlsSecret: '',
    },
    restricted: false,
    runAsUser: '',
    architecture: '',
    serviceAccount: '',
    pullSecrets: '',
    command: '',
    arguments: '',
    ...given,
  };
}
