import { FieldOwner } from '@slipway/backstage-plugin-image-registry-common';

/** The image of one container. */
export interface ContainerImage {
  container: string;
  /** Full reference as it is written: `host/repository:tag@sha256:…`. */
  image: string;
}

/** Tools that keep workloads as their own source says, and undo what others write. */
export type ManagementTool = 'argo-cd' | 'flux' | 'helm';

/** Who manages a workload, read off its labels, annotations and field managers. */
export interface WorkloadManager {
  tool: ManagementTool;
  /** Of the Argo CD application, the Flux object or the Helm release. */
  name?: string;
  /** Kubernetes namespace of that application, object or release. */
  namespace?: string;
}

/** A field manager in words. */
export interface NamedFieldOwner extends FieldOwner {
  /** As people call it: `Helm`, `Argo CD`, `kubectl apply`; else its own name. */
  title: string;
  /** Present when it is such a tool, which writes its fields again by itself. */
  tool?: ManagementTool;
}

/** A field that a change would take from somebody. */
export interface FieldConflict {
  /** As in the changes of the preview. */
  path: string;
  owner: NamedFieldOwner;
}

/** One field that a change would change. */
export interface FieldChange {
  path: string;
  from?: string;
  to?: string;
  /**
   * `cluster`: nobody asked for it; defaults or admission of the cluster change
   * it too. Absent: asked for.
   */
  cause?: 'cluster';
}
