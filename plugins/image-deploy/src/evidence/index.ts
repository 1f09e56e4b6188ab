export { Evidence } from './Evidence';
export { EvidenceDrawer } from './EvidenceDrawer';
