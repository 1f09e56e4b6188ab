/** How errors name the vendor. */
export const TITLE = 'Amazon ECR';
