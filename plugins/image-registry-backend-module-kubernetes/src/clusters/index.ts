export * from './ClusterClient';
export { clusterFailure } from './clusterFailure';
export * from './Clusters';
export * from './ClusterSource';
export * from './readClusterSources';
