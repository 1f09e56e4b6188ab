export { googlePlace } from './googlePlace';
export { googleServiceAccountKey } from './serviceAccountKeys';
export type { GoogleServiceAccount } from './serviceAccountKeys';
export { SimulatedArtifactRegistry } from './SimulatedArtifactRegistry';
