import {
  advise,
  NewWebhook,
  RegistryError,
  WebhookFormat,
} from '@slipway/backstage-plugin-image-registry-node';
import { RegistryService } from '../registries';
import { EndpointStore } from './EndpointStore';
import { StoredEndpoint } from './StoredEndpoint';
import { installWebhook } from './installWebhook';

const endpoint = {
  id: 'e1',
  registryId: 'company',
  repositories: ['apps/web'],
} as StoredEndpoint;

function start(options: {
  authentication: WebhookFormat['authentication'];
  createWebhook?: (webhook: NewWebhook) => Promise<{ location: string }>;
}) {
  const addSecret = jest.fn(async () => ({ secretId: 's1', secret: 'hush' }));
  const keepNewest = jest.fn(async () => {});
  const removeSecret = jest.fn(async () => {});
  const registries = {
    get: async () => ({ id: 'company', provider: 'harbor' }),
    provider: () => ({
      descriptor: { title: 'Harbor' },
      webhook: { authentication: options.authentication },
    }),
    client: async () => ({ createWebhook: options.createWebhook }),
  } as unknown as RegistryService;
  const install = (place?: string) =>
    installWebhook(
      {
        endpoints: {
          addSecret,
          keepNewest,
          removeSecret,
        } as unknown as EndpointStore,
        registries,
        webhookBaseUrl: 'https://portal.example.test/api/image-registry',
      },
      endpoint,
      place,
    );
  return { install, addSecret, keepNewest, removeSecret };
}

const location = 'Project apps, Webhooks';

describe('installWebhook', () => {
  it.each([
    ['bearer', 'https://portal.example.test/api/image-registry/webhooks/e1'],
    ['url', 'https://portal.example.test/api/image-registry/webhooks/e1/hush'],
  ] as const)(
    'gives a vendor that proves itself by %s its URL',
    async (type, url) => {
      const createWebhook = jest.fn(async () => ({ location }));
      const { install, addSecret, keepNewest } = start({
        authentication: [{ type }],
        createWebhook,
      });
      expect(await install('apps')).toEqual({ location });
      expect(createWebhook).toHaveBeenCalledWith(
        {
          name: 'backstage-e1',
          url,
          secret: 'hush',
          place: 'apps',
          repositories: ['apps/web'],
        },
        { priority: 'interactive' },
      );
      expect(addSecret).toHaveBeenCalledWith('e1', { keepsKey: false });
      expect(keepNewest).toHaveBeenCalledWith('e1');
    },
  );

  it('keeps the key where the vendor signs with it', async () => {
    const { install, addSecret } = start({
      authentication: [
        {
          type: 'hmac',
          header: 'x-signature',
          algorithm: 'sha256',
          encoding: 'hex',
        },
      ],
      createWebhook: async () => ({ location }),
    });
    await install();
    expect(addSecret).toHaveBeenCalledWith('e1', { keepsKey: true });
  });

  it('says so when the vendor has no API for it, and makes no secret', async () => {
    const { install, addSecret } = start({
      authentication: [{ type: 'bearer' }],
    });
    await expect(install()).rejects.toThrow(
      'Harbor offers no API to make webhooks',
    );
    expect(addSecret).not.toHaveBeenCalled();
  });

  it("passes the vendor's refusal on in words, and ends no secret for it", async () => {
    const { install, keepNewest, removeSecret } = start({
      authentication: [{ type: 'bearer' }],
      createWebhook: async () => {
        throw new RegistryError('forbidden', 'Harbor answered 403', {
          hint: advise('tick', 'Tick "Webhook: Create"'),
        });
      },
    });
    await expect(install()).rejects.toThrow(
      'Harbor answered 403. Tick "Webhook: Create"',
    );
    expect(removeSecret).toHaveBeenCalledWith('e1', 's1');
    expect(keepNewest).not.toHaveBeenCalled();
  });
});
