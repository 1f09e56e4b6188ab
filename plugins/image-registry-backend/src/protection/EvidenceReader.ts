import { RolloutImage } from '@slipway/backstage-plugin-image-registry-common';
import {
  RegistryClient,
  RegistryError,
  RequestPriority,
} from '@slipway/backstage-plugin-image-registry-node';
import { RegistryService } from '../registries';
import { ImageEvidence, Told } from './imageGates';
import { leastEvidence } from './leastEvidence';
import { Demands } from './strictest';

/** Tags of one page of the listing in which the time of a push is looked for. */
const PAGE = 100;
/** A name that is a part of very many others is not looked for further. */
const MAX_PAGES = 5;

/** Asks registries what gates need to know of an image. */
export class EvidenceReader {
  constructor(private readonly registries: RegistryService) {}

  /** The same of images that are deployed together: the worst of each. */
  async readAll(
    [first, ...others]: ReadonlyArray<RolloutImage & { digest: string }>,
    demands: Parameters<EvidenceReader['read']>[1],
    priority: RequestPriority,
  ): Promise<ImageEvidence> {
    const [one, ...rest] = await Promise.all([
      this.read(first, demands, priority),
      ...others.map(image => this.read(image, demands, priority)),
    ]);
    return leastEvidence([one, ...rest]);
  }

  /**
   * Only what is asked for is looked up. What cannot be read is an answer as
   * well: the gates wait for it.
   */
  async read(
    image: RolloutImage & { digest: string },
    demands: Pick<Demands, 'minimumAgeMs' | 'worst' | 'signatures'>,
    priority: RequestPriority,
  ): Promise<ImageEvidence> {
    const readAt = new Date().toISOString();
    const { registryId, repository, digest } = image;
    const registry = registryId && (await this.registries.find(registryId));
    if (!registry) {
      const nothing = { state: 'not-told' } as const;
      const name = image.reference.split('/')[0];
      return { readAt, registry: name, scan: nothing, signatures: nothing };
    }
    const evidence: ImageEvidence = { readAt, registry: registry.name };
    const client = await told(() => this.registries.client(registry.id));
    if (client.state !== 'told') {
      return { ...evidence, scan: client, signatures: client };
    }
    const { value } = client;
    const { capabilities } = this.registries.provider(
      registry.provider,
    ).descriptor;
    const call = { priority };
    const [scan, signatures, pushedAt] = await Promise.all([
      demands.worst === undefined
        ? undefined
        : told(value.scanReport?.bind(value, repository, digest, call)),
      demands.signatures.length === 0
        ? undefined
        : told(value.signatures?.bind(value, repository, digest, call)),
      demands.minimumAgeMs > 0 && capabilities.pushTime
        ? told(() => findPushTime(value, image, priority))
        : undefined,
    ]);
    return {
      ...evidence,
      ...(scan && { scan }),
      ...(signatures && { signatures }),
      ...(pushedAt?.state === 'told' && { pushedAt: pushedAt.value }),
    };
  }
}

async function told<T>(ask: (() => Promise<T>) | undefined): Promise<Told<T>> {
  if (!ask) {
    return { state: 'not-told' };
  }
  try {
    return { state: 'told', value: await ask() };
  } catch (error) {
    if (error instanceof RegistryError) {
      return { state: 'failed', message: error.message };
    }
    throw error;
  }
}

/** When a tag was pushed, if it still means the digest. */
async function findPushTime(
  client: RegistryClient,
  { repository, tag, digest }: RolloutImage,
  priority: RequestPriority,
): Promise<string | undefined> {
  if (!tag) {
    return undefined;
  }
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const { items, nextCursor } = await client.listTags(repository, {
      search: tag,
      limit: PAGE,
      cursor,
      priority,
    });
    const found = items.find(item => item.tag === tag);
    if (found || !nextCursor) {
      return found?.digest === digest ? found?.pushedAt : undefined;
    }
    cursor = nextCursor;
  }
  return undefined;
}
