export * from './authority';
export * from './Drivers';
export * from './EnvironmentStore';
export * from './places';
export * from './router';
export * from './TargetService';
export * from './TargetStore';
export * from './workloadQuery';
