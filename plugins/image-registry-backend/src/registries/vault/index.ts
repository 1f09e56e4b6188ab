export { ConfigVault, LockedSecretError } from './Vault';
export type { SealedSecret, SecretPlace, Vault } from './Vault';
