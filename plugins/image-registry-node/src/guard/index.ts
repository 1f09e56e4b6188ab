export * from './AddressGuard';
