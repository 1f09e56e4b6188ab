/** How errors name the vendor. */
export const TITLE = 'Google Artifact Registry';
