/**
 * A Kubernetes API with its controllers and nodes, in memory.
 *
 * @packageDocumentation
 */
export type { PolicyRule } from './access/rbac';
export { defaultTokens } from './access/tokens';
export type { SandboxToken, SandboxTokens } from './access/tokens';
export type { AdmissionPolicy } from './admission/policies';
export type { Fault, FaultEffect } from './faults';
export type { ImageResolution } from './kubelet/image-behavior';
export type { ImageResolver } from './kubelet/image-store';
export type { RegistryLogin } from './kubelet/keyring';
export type { RecordedWrite } from './records';
export { startSandboxKubernetes } from './SandboxKubernetes';
export type {
  ClusterSnapshot,
  SandboxKubernetes,
  SandboxKubernetesOptions,
} from './SandboxKubernetes';
export type { SeedNode } from './seed/default-nodes';
export { defaultWorkloads } from './seed/default-workloads';
export type { SeedObject } from './seed/default-workloads';
export type { CertificateAuthority } from './tls/certificates';
export {
  createCertificateAuthority,
  createServerCertificate,
} from './tls/certificates';
