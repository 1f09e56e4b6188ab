export * from './nodeTrust';
