/**
 * An image that was picked. The digest is its identity; the tag says how the
 * person found it.
 *
 * @public
 */
export interface PickedImage {
  registryId: string;
  repository: string;
  tag?: string;
  digest: string;
}

/** @public */
export interface ImagePickerProps {
  /** The component for which an image is picked: grants are read for it. */
  entityRef?: string;
  /** Where to begin; the default registry when absent. */
  initial?: { registryId?: string; repository?: string; tag?: string };
  /**
   * True keeps to the initial registry and repository, so that only the tag is
   * chosen.
   */
  fixedRepository?: boolean;
  /** Called with every choice; the digest is confirmed by the registry. */
  onPick(image: PickedImage): void;
}
