export { SecretMask } from './SecretMask';
export { TextMask } from './TextMask';
