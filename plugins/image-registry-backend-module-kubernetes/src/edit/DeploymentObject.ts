import { KubernetesObject } from '../workloads/objects';

/** A probe as far as the form can say it. */
export interface ProbeObject {
  httpGet?: {
    path?: string;
    port: number | string;
    scheme?: string;
    httpHeaders?: object[];
  };
  tcpSocket?: { port: number | string };
  exec?: { command?: string[] };
  initialDelaySeconds?: number;
  periodSeconds?: number;
  timeoutSeconds?: number;
  failureThreshold?: number;
}

/** A variable; those from elsewhere have another `valueFrom`. */
export interface EnvObject {
  name: string;
  value?: string;
  valueFrom?: { secretKeyRef?: { name: string; key: string } };
}

/** A port of a container. */
export interface PortObject {
  name?: string;
  containerPort: number;
  protocol?: 'TCP' | 'UDP' | 'SCTP';
}

/** The names of the probes of a container. */
export const probeFields = {
  readiness: 'readinessProbe',
  liveness: 'livenessProbe',
  startup: 'startupProbe',
} as const;

/** A mount of a container. */
export interface MountObject {
  name: string;
  mountPath: string;
  readOnly?: boolean;
  subPath?: string;
  subPathExpr?: string;
}

/** A volume of a pod; those by claim are known in detail. */
export interface VolumeObject {
  name: string;
  persistentVolumeClaim?: { claimName: string; readOnly?: boolean };
}

/** What of a container can be changed. */
export interface EditedContainer {
  name: string;
  command?: string[];
  args?: string[];
  volumeMounts?: MountObject[];
  env?: EnvObject[];
  ports?: PortObject[];
  resources?: {
    requests?: Record<string, string>;
    limits?: Record<string, string>;
  };
  readinessProbe?: object;
  livenessProbe?: object;
  startupProbe?: object;
}

/** A Deployment, or what one manager owns of it. */
export interface DeploymentObject extends KubernetesObject {
  spec: {
    replicas?: number;
    strategy?: { type?: string; rollingUpdate?: object };
    template?: {
      spec?: { containers?: EditedContainer[]; volumes?: VolumeObject[] };
    };
  };
}

/** A Service, or what one manager owns of it. */
export interface ServiceObject extends KubernetesObject {
  spec: { ports?: Array<{ port: number; protocol?: string }> };
}

/** An Ingress, as far as it is read. */
export interface IngressObject extends KubernetesObject {
  spec?: {
    ingressClassName?: string;
    tls?: Array<{ hosts?: string[]; secretName?: string }>;
    rules?: Array<{
      host?: string;
      http?: {
        paths?: Array<{
          path?: string;
          pathType?: string;
          backend?: { service?: { name?: string; port?: { number?: number } } };
        }>;
      };
    }>;
  };
}
