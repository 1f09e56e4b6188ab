export * from './listNamespaces';
