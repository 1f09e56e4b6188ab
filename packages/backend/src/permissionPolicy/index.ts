export { permissionModuleOwnershipPolicy as default } from './module';
