/**
 * The portal's own field manager: under this name it stands in the managed
 * fields of the workloads it writes.
 */
export const PORTAL_FIELD_MANAGER = 'backstage-image-registry';
