export * from './nodePlatforms';
