/**
 * Extension points, provider and driver interfaces, and the OCI client, for
 * modules of the image registry backend.
 *
 * @packageDocumentation
 */
export * from './clusterSignIn';
export * from './driver';
export * from './extensionPoints';
export * from './guard';
export * from './oci';
export * from './provider';
export * from './transport';
export * from './vendor';
export * from './webhook';
