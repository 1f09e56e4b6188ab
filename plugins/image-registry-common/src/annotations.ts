/**
 * Names the repositories a component's images come from: one reference
 * without tag per line or comma, optionally `container=reference`.
 *
 * @example `web=registry.example.com/apps/web, proxy=docker.io/library/nginx`
 */
export const IMAGE_REPOSITORY_ANNOTATION = 'image-registry/repository';

/** Annotations of Backstage's own Kubernetes plugin, which bind workloads. */
export const KUBERNETES_ID_ANNOTATION = 'backstage.io/kubernetes-id';
/** Restricts the search to one Kubernetes namespace. */
export const KUBERNETES_NAMESPACE_ANNOTATION =
  'backstage.io/kubernetes-namespace';
/** A label selector that replaces the label `backstage.io/kubernetes-id`. */
export const KUBERNETES_LABEL_SELECTOR_ANNOTATION =
  'backstage.io/kubernetes-label-selector';
/** Restricts the search to one cluster. */
export const KUBERNETES_CLUSTER_ANNOTATION = 'backstage.io/kubernetes-cluster';

/**
 * On a workload: the full reference of the component it belongs to. Unlike the
 * label `backstage.io/kubernetes-id` it can name other catalog namespaces.
 */
export const WORKLOAD_COMPONENT_ANNOTATION = 'image-registry/component';
