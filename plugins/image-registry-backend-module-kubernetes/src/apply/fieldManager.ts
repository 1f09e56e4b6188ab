/** The one name under which the driver writes fields. */
export const FIELD_MANAGER = 'backstage-image-registry';
