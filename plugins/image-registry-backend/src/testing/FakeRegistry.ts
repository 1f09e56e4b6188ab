import { ScanSummary } from '@slipway/backstage-plugin-image-registry-common';
import {
  RegistryClient,
  RegistryError,
  RegistryProvider,
} from '@slipway/backstage-plugin-image-registry-node';
import { createDistributionProvider } from '../providers';

/** A registry whose answers a test writes down. */
export class FakeRegistry {
  /** References asked for by HEAD, as `repository:reference`. */
  readonly resolved: string[] = [];
  /** Repositories whose tags were listed. */
  readonly listed: string[] = [];
  /** What every call meets. */
  failure: RegistryError | undefined;
  /** False: listings tell names only, as Docker Registry's do. */
  tellsDigests = true;
  /** Why listings are not whole. */
  cut: string | undefined;
  /** Awaited before each answer to a HEAD, after it was looked up. */
  beforeAnswer: (() => Promise<void>) | undefined;
  /** Awaited before each answer to a listing, after it was looked up. */
  beforeListing: (() => Promise<void>) | undefined;
  /** False: tells neither scans nor signatures, as Docker Registry does. */
  tellsFindings = true;
  /** By digest, what its scanner says. */
  readonly scans = new Map<string, ScanSummary>();
  /** Digests that are signed. */
  readonly signed = new Set<string>();
  readonly #tags = new Map<string, { digest: string; pushedAt?: string }>();
  /** By digest, what an image says of itself. */
  readonly #facts = new Map<
    string,
    { createdAt?: string; architectures?: string[] }
  >();

  push(image: string, digest: string, pushedAt?: string): void {
    this.#tags.set(image, { digest, pushedAt });
  }

  /** What the image with a digest says of itself when it is inspected. */
  describe(
    digest: string,
    facts: { createdAt?: string; architectures?: string[] },
  ): void {
    this.#facts.set(digest, facts);
  }

  remove(image: string): void {
    this.#tags.delete(image);
  }

  /** A kind of registry, with the webhooks of Docker Registry. */
  provider(): RegistryProvider {
    const { descriptor, webhook } = createDistributionProvider();
    return {
      descriptor: { ...descriptor, id: 'fake', title: 'Fake' },
      webhook,
      connect: () => this.#client(),
    };
  }

  #client(): RegistryClient {
    const find = (repository: string, reference: string) => {
      if (this.failure) {
        throw this.failure;
      }
      const known = this.#tags.get(`${repository}:${reference}`);
      const digests = [...this.#tags.values()].map(tag => tag.digest);
      const digest = known?.digest ?? reference;
      if (!known && !digests.includes(reference)) {
        throw new RegistryError('not-found', `No ${repository}:${reference}`);
      }
      return { digest, mediaType: 'application/vnd.oci.image.index.v1+json' };
    };
    const findings: Pick<RegistryClient, 'scanReport' | 'signatures'> = {
      scanReport: async (_, digest) =>
        this.scans.get(digest) ?? { status: 'not-scanned' },
      signatures: async (_, digest) =>
        this.signed.has(digest) ? ['cosign'] : [],
    };
    return {
      ...(this.tellsFindings && findings),
      check: async () => [],
      listRepositories: async () => ({ items: [], complete: true }),
      listTags: async repository => {
        this.listed.push(repository);
        if (this.failure) {
          throw this.failure;
        }
        const items = [...this.#tags]
          .filter(([image]) => image.startsWith(`${repository}:`))
          .map(([image, { digest, pushedAt }]) => ({
            tag: image.slice(repository.length + 1),
            digest: this.tellsDigests ? digest : undefined,
            pushedAt,
          }));
        await this.beforeListing?.();
        return {
          items,
          complete: !this.cut,
          ...(this.cut && { reason: { code: 'cut', message: this.cut } }),
        };
      },
      resolve: async (repository, reference) => {
        this.resolved.push(`${repository}:${reference}`);
        const found = find(repository, reference);
        await this.beforeAnswer?.();
        return found;
      },
      inspect: async (repository, reference) => {
        const found = find(repository, reference);
        const { createdAt, architectures = [] } =
          this.#facts.get(found.digest) ?? {};
        return {
          ...found,
          repository,
          kind: 'image',
          createdAt,
          annotations: {},
          platforms: architectures.map(architecture => ({
            platform: { os: 'linux', architecture },
            digest: `${found.digest}-${architecture}`,
            mediaType: 'application/vnd.oci.image.manifest.v1+json',
            layers: [],
            labels: {},
            environment: [],
            exposedPorts: [],
            entrypoint: [],
          })),
        };
      },
    };
  }
}
