/** Where the simulated registries are. */
export const googlePlace = {
  project: 'acme-prod',
  location: 'europe-west1',
  /** Repository that is seeded. */
  repository: 'shop',
  host: 'europe-west1-docker.pkg.dev',
  legacyHost: 'gcr.io',
  apiHost: 'artifactregistry.googleapis.com',
  tokenHost: 'oauth2.googleapis.com',
  analysisHost: 'containeranalysis.googleapis.com',
  pubSubHost: 'pubsub.googleapis.com',
  storageHost: 'storage.googleapis.com',
} as const;
