export { EvidenceKeeper } from './EvidenceKeeper';
export { EvidenceStore } from './EvidenceStore';
export type { KeptEvidence } from './EvidenceStore';
