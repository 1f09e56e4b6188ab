/**
 * The portal's own field manager: under this name it stands in the managed
 * fields of the workloads it writes.
 */
export const PORTAL_FIELD_MANAGER = 'backstage-image-registry';

/**
 * Owns what the portal sets besides images: an apply gives up what it does not
 * name again, so one manager for both would lose either at each deployment.
 */
export const PORTAL_PULL_SECRET_MANAGER = `${PORTAL_FIELD_MANAGER}-pull-secrets`;

/** Owns the fields of workloads that the portal made, except the image. */
export const PORTAL_CREATE_MANAGER = `${PORTAL_FIELD_MANAGER}-create`;
