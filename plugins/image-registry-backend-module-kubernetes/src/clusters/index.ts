export * from './ClusterClient';
export * from './Clusters';
export * from './ClusterSource';
export * from './readClusterSources';
