/** Channel of the live updates. */
export const IMAGE_REGISTRY_SIGNAL_CHANNEL = 'image-registry';

/**
 * A live update: ids only, so that permissions stay with the REST routes.
 * A page that shows the thing fetches it again. Of many about one component
 * (or one registry's deliveries) within half a second, the last one is sent:
 * look at `entityRef`, not at `id`, for what may have changed.
 */
export type ImageRegistrySignal =
  | { topic: 'rollout'; id: string; entityRef: string }
  | { topic: 'policy'; id: string; entityRef: string }
  | { topic: 'target'; entityRef: string }
  | { topic: 'test-pull'; id: string; entityRef: string }
  /** Absent: deploys of everything. */
  | { topic: 'freeze'; entityRef?: string }
  | { topic: 'delivery'; id: string; registryId: string }
  | { topic: 'registry'; id: string };
