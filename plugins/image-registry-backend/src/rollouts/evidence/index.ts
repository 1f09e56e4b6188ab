export { EvidenceKeeper } from './EvidenceKeeper';
export { EvidenceStore } from './EvidenceStore';
export type { KeptEvidence } from './EvidenceStore';
export { createEvidenceRouter } from './router';
