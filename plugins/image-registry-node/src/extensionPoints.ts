import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { DeployDriver } from './driver';
import { RegistryProvider } from './provider';

/** Where modules add kinds of registries. */
export interface ImageRegistryProvidersExtensionPoint {
  /** @throws Error when a provider with this id exists already */
  addProvider(provider: RegistryProvider): void;
}

/** {@inheritDoc ImageRegistryProvidersExtensionPoint} */
export const imageRegistryProvidersExtensionPoint =
  createExtensionPoint<ImageRegistryProvidersExtensionPoint>({
    id: 'imageRegistry.providers',
  });

/** Where modules add ways to run images. */
export interface ImageRegistryDeployDriversExtensionPoint {
  /** @throws Error when a driver with this id exists already */
  addDriver(driver: DeployDriver): void;
}

/** {@inheritDoc ImageRegistryDeployDriversExtensionPoint} */
export const imageRegistryDeployDriversExtensionPoint =
  createExtensionPoint<ImageRegistryDeployDriversExtensionPoint>({
    id: 'imageRegistry.deployDrivers',
  });
