import {
  imageEventSchema,
  isArtifactTag,
  isDigest,
  isRepository,
  isTag,
  scanSummarySchema,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ImageEvent,
  RegistryProvider,
  WebhookReceipt,
} from '@slipway/backstage-plugin-image-registry-node';
import fc from 'fast-check';
import { mutants } from './mutants';
import { payloadsOf } from './payloadsOf';

const kinds: readonly string[] = imageEventSchema.shape.kind.options;

/** What keeps an event from being one; empty for one that is whole. */
function faultsOf(event: ImageEvent): string[] {
  const { digest, kind, occurredAt, pushedBy, repository, scan, tag } = event;
  const faults: Record<string, boolean> = {
    [`the kind ${String(kind)}`]: !kinds.includes(kind),
    'a repository that is none':
      repository !== undefined && !isRepository(repository),
    'a tag that is none': tag !== undefined && !isTag(tag),
    'a digest that is none': digest !== undefined && !isDigest(digest),
    'a push of no repository': kind === 'push' && repository === undefined,
    'a push of a signature':
      kind === 'push' && tag !== undefined && isArtifactTag(tag),
    'a time that is none':
      occurredAt !== undefined &&
      new Date(occurredAt).toISOString() !== occurredAt,
    'a person that is none':
      pushedBy !== undefined && typeof pushedBy !== 'string',
    'a scan that is none':
      scan !== undefined && !scanSummarySchema.safeParse(scan).success,
  };
  return Object.keys(faults).filter(fault => faults[fault]);
}

function expectWhole(receipt: WebhookReceipt): void {
  expect(receipt.format).toMatch(/^[a-z][a-z0-9_-]{1,60}$/);
  if ('respond' in receipt) {
    const { followUp, respond } = receipt;
    expect(respond.status).toBe(200);
    if (followUp) {
      expect(new URL(followUp.url).protocol).toBe('https:');
    }
    return;
  }
  expect(receipt.events.length).toBeGreaterThan(0);
  expect(receipt.events.flatMap(faultsOf)).toEqual([]);
}

function expectWholeOrRefused(receive: () => WebhookReceipt): void {
  let receipt: WebhookReceipt;
  try {
    receipt = receive();
  } catch (error) {
    expect(error).toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(/\S/),
    });
    return;
  }
  expectWhole(receipt);
}

/**
 * A vendor's calls with fields dropped, renamed and of other types: understood
 * or refused as what the format declares, never anything else, and never an
 * event that is half of one.
 */
export function describeMutatedWebhooks(provider: RegistryProvider): void {
  const { descriptor, webhook: format } = provider;
  if (!format) {
    throw new Error(`${descriptor.title} has no webhooks`);
  }

  it(`reads what is nearly a call of ${descriptor.title}, or refuses it`, () => {
    const payloads = payloadsOf(descriptor.id);
    const { address, options = {} } = payloads.registry;
    const registry = {
      address: provider.normalizeAddress?.(address) ?? address,
      options,
    };
    fc.assert(
      fc.property(mutants(payloads), ({ body, contentType, headers }) => {
        expectWholeOrRefused(() =>
          format.receive({
            body: Buffer.from(body),
            contentType,
            headers: { 'content-type': contentType, ...headers },
            registry,
          }),
        );
      }),
      { numRuns: 300 },
    );
  });
}
