/**
 * Signs the image registry plugin in to Kubernetes clusters of AWS, Azure and
 * Google Cloud.
 *
 * @packageDocumentation
 */
export { imageRegistryModuleKubernetesClouds as default } from './module';
