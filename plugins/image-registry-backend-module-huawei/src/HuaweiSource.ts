import {
  ExpiringLogin,
  RegistryConnection,
} from '@slipway/backstage-plugin-image-registry-node';
import { apiHost } from './addresses';
import { HuaweiApi } from './api';
import { BasicEdition } from './editions';
import { InstanceSource } from './InstanceSource';
import { placeOf } from './place';
import { AccessKeys, deriveLogin } from './signing';

/** What the access keys open. */
export type HuaweiSource =
  | {
      edition: 'basic';
      listings: BasicEdition;
      /** Does not end; for the portal's own use. */
      derived: { username: string; password: string };
      /** Ends by itself; for clusters. */
      temporary: ExpiringLogin;
    }
  | { edition: 'enterprise'; instance: InstanceSource; login: ExpiringLogin };

/** Undefined without keys, or where nothing tells the region. */
export function sourceOf(
  connection: RegistryConnection,
): HuaweiSource | undefined {
  const keys = accessKeysOf(connection);
  const { edition, host, region } = placeOf(connection);
  if (!keys || !region) {
    return undefined;
  }
  const api = new HuaweiApi(connection.http, keys);
  if (edition === 'basic') {
    const listings = new BasicEdition(api, apiHost(region, host), region);
    return {
      edition,
      listings,
      derived: deriveLogin(keys, region),
      temporary: new ExpiringLogin(options => listings.login(options)),
    };
  }
  const instance = new InstanceSource(api, { host, region });
  return {
    edition,
    instance,
    login: new ExpiringLogin(options => instance.login(options)),
  };
}

function accessKeysOf({
  credentials,
}: Pick<RegistryConnection, 'credentials'>): AccessKeys | undefined {
  const { accessKey, secretKey } = credentials ?? {};
  return accessKey && secretKey ? { accessKey, secretKey } : undefined;
}
