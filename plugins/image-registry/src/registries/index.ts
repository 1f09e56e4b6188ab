export { GrantsText } from './GrantsText';
export { RegistriesTab } from './RegistriesTab';
export { RegistryStatusLabel } from './RegistryStatusLabel';
export { AddressText } from './RegistryTable';
export { BudgetText } from './BudgetText';
export { useStatusText } from './useStatusText';
