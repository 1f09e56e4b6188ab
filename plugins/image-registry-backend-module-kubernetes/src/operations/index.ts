export * from './operateWorkload';
export * from './restart';
export * from './scaling';
export * from './workloadManifest';
