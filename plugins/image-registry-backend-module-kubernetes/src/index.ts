/**
 * Deploys images to Kubernetes workloads by digest.
 *
 * @packageDocumentation
 */
export { imageRegistryModuleKubernetes as default } from './module';
