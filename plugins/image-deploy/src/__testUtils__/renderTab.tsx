import { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  IMAGE_REGISTRY_SIGNAL_CHANNEL,
  ImageRegistrySignal,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ImageRegistryApi,
  imageRegistryApiRef,
} from '@slipway/backstage-plugin-image-registry-react';
import { DeployTab } from '../tab';
import { component } from './fixtures';

/** Renders the tab as on a component's page; sends it live updates. */
export async function renderTab(
  api: ImageRegistryApi,
  options: { query?: string; denied?: boolean; entity?: Entity } = {},
): Promise<{ signal(message: ImageRegistrySignal): void }> {
  const listeners = new Set<(message: ImageRegistrySignal) => void>();
  const signals = {
    subscribe(channel: string, onMessage: (message: never) => void) {
      const listener = onMessage as (message: ImageRegistrySignal) => void;
      if (channel === IMAGE_REGISTRY_SIGNAL_CHANNEL) {
        listeners.add(listener);
      }
      return { unsubscribe: () => listeners.delete(listener) };
    },
  };
  const permissions = mockApis.permission({
    authorize: options.denied ? AuthorizeResult.DENY : AuthorizeResult.ALLOW,
  });
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [imageRegistryApiRef, api],
        [permissionApiRef, permissions],
        [signalApiRef, signals],
      ]}
    >
      <EntityProvider entity={options.entity ?? component}>
        <DeployTab />
      </EntityProvider>
    </TestApiProvider>,
    { routeEntries: [`/${options.query ?? ''}`] },
  );
  return {
    signal: message => listeners.forEach(listener => listener(message)),
  };
}
