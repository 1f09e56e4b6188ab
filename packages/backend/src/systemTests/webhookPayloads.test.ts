import {
  Delivery,
  DeliveryDetails,
  Registry,
  WebhookEndpointSecret,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  Proof,
  prove,
  vendorPayloads,
  WebhookPayload,
} from '@slipway/provider-tests';
import { startVendorWorld, VendorWorld } from '@slipway/sandbox';
import { payloadNames } from './payloadNames';
import { startWorld, World } from './testing';

// A start takes what a busy machine takes.
jest.setTimeout(240_000);

/** Of whom the reference holds no call. */
const additions: readonly string[] = [
  'huawei-swr-push',
  'zot-image-updated',
  'gitea-package-created',
];

/** What the reference holds. */
const payloads = Object.fromEntries(
  vendorPayloads
    .flatMap(vendor => Object.entries(vendor.payloads))
    .filter(([name]) => !additions.includes(name)),
);

const rows = vendorPayloads.flatMap(({ proof, registry, ...vendor }) =>
  Object.entries(vendor.payloads).map(
    ([name, payload]) => [name, registry.provider, proof, payload] as const,
  ),
);

describe('what registries send, through the public route', () => {
  /** Knows no vendor: whoever is asked after a push is not reached. */
  let nobody: VendorWorld;
  let world: World;
  /** By kind of registry. */
  const endpoints = new Map<
    string,
    { id: string; registryId: string; secret: string }
  >();

  beforeAll(async () => {
    nobody = await startVendorWorld({ vendors: [] });
    world = await startWorld({
      allowedLoopback: [new URL(nobody.proxyUrl).host],
    });
    const admin = world.portal.as('admin');
    for (const { registry } of vendorPayloads) {
      const { id: registryId } = await admin.post<Registry>('/registries', {
        name: registry.provider,
        ...registry,
        proxy: nobody.proxyUrl,
      });
      const { endpoint, secret } = await admin.post<WebhookEndpointSecret>(
        `/registries/${registryId}/webhook-endpoints`,
        { name: 'push' },
      );
      endpoints.set(registry.provider, {
        id: endpoint.id,
        registryId,
        secret,
      });
    }
  }, 240_000);

  afterAll(async () => {
    await world?.stop();
    await nobody?.stop();
  });

  function endpointOf(provider: string) {
    const endpoint = endpoints.get(provider);
    if (!endpoint) {
      throw new Error(`${provider} has no endpoint`);
    }
    return endpoint;
  }

  async function send(
    { body, contentType = 'application/json', headers }: WebhookPayload,
    proof: Proof,
    { id, secret }: { id: string; secret: string },
  ) {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const proven = prove(proof, secret, text);
    const response = await fetch(
      `${world.portal.url}/api/image-registry/webhooks/${id}${proven.path}`,
      {
        method: 'POST',
        headers: {
          'content-type': contentType,
          ...headers,
          ...proven.headers,
        },
        body: text,
      },
    );
    return { status: response.status, text: await response.text() };
  }

  /** The handshakes' answers do not name the delivery that is kept of them. */
  async function newest(registryId: string): Promise<string> {
    const { items } = await world.portal
      .as('admin')
      .get<{ items: Delivery[] }>(
        `/deliveries?registryId=${registryId}&limit=1`,
      );
    return items[0].id;
  }

  it('has an answer to all that the reference holds', () => {
    expect(Object.keys(payloads)).toHaveLength(82);
    expect(Object.keys(payloads).sort()).toEqual([...payloadNames].sort());
  });

  it.each(rows)('%s, for %s', async (_name, provider, itsProof, payload) => {
    const endpoint = endpointOf(provider);
    const { answer, events, proof = itsProof } = payload;
    const taken = await send(payload, proof, endpoint);
    expect(taken.status).toBe(answer?.status ?? 202);
    expect(taken.text).toContain(answer?.body ?? 'deliveryId');

    const id = answer
      ? await newest(endpoint.registryId)
      : JSON.parse(taken.text).deliveryId;
    const delivery = await world.portal
      .as('admin')
      .get<DeliveryDetails>(`/deliveries/${id}`);
    expect(delivery.registryId).toBe(endpoint.registryId);
    expect(
      delivery.events.map(({ kind, repository, tag, digest }) => ({
        kind,
        repository,
        tag,
        digest,
      })),
    ).toEqual(events);
    expect(JSON.stringify(delivery)).not.toContain(endpoint.secret);
  });

  it.each(
    vendorPayloads.map(
      ({ registry, ...vendor }) => [registry.provider, vendor] as const,
    ),
  )('takes nothing of %s with another secret', async (provider, vendor) => {
    const { id } = endpointOf(provider);
    const [payload] = Object.values(vendor.payloads);
    const { status } = await send(payload, vendor.proof, {
      id,
      secret: 'not-the-secret',
    });
    expect(status).toBe(401);
  });
});
