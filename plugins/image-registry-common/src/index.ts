/**
 * Types, schemas, permissions, image references and tag rules shared by the
 * browser and the backend.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './api';
export * from './fieldManager';
export * from './globs';
export * from './kubernetes';
export * from './nodeTrust';
export * from './permissions';
export * from './reason';
export * from './reference';
export * from './rules';
