export { imageDeployTranslationRef } from './imageDeployTranslationRef';
