import { Entity } from '@backstage/catalog-model';
import { identityApiRef } from '@backstage/core-plugin-api';
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
import { SWRConfig } from 'swr';
import { createFromImageRouteRef } from '../routes';
import { DeployTab } from '../tab';
import { component } from './fixtures';

/** Renders the tab as on a component's page; sends it live updates. */
export async function renderTab(
  api: ImageRegistryApi,
  options: {
    query?: string;
    /** Everything, but for the permissions of these names. */
    denied?: boolean | { but: string[] };
    entity?: Entity;
    /** To which the person belongs. */
    groups?: string[];
  } = {},
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
    authorize: ({ permission: { name } }) =>
      isDenied(options.denied, name)
        ? AuthorizeResult.DENY
        : AuthorizeResult.ALLOW,
  });
  const identity = mockApis.identity({ ownershipEntityRefs: options.groups });
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [identityApiRef, identity],
        [imageRegistryApiRef, api],
        [permissionApiRef, permissions],
        [signalApiRef, signals],
      ]}
    >
      <SWRConfig value={{ provider: () => new Map() }}>
        <EntityProvider entity={options.entity ?? component}>
          <DeployTab />
        </EntityProvider>
      </SWRConfig>
    </TestApiProvider>,
    {
      routeEntries: [`/${options.query ?? ''}`],
      mountedRoutes: { '/create-from-image': createFromImageRouteRef },
    },
  );
  return {
    signal: message => listeners.forEach(listener => listener(message)),
  };
}

function isDenied(
  denied: boolean | { but: string[] } | undefined,
  name: string,
): boolean {
  return typeof denied === 'object'
    ? !denied.but.includes(name)
    : Boolean(denied);
}
