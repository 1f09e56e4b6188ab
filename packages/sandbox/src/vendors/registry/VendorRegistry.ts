import {
  AccessControl,
  AccessOptions,
} from '../../registry/access/AccessControl';
import { createAccessControl } from '../../registry/access/createAccessControl';
import { DistributionBehavior } from '../../registry/behavior';
import { ContentStore } from '../../registry/content/ContentStore';
import { ImageBundle, storeBundle } from '../../registry/images/ImageBundle';
import { Notifier } from '../../registry/notifications/Notifier';
import { RegistryProtocol } from '../../registry/RegistryProtocol';
import {
  PayloadTooLarge,
  RegistryResponse,
} from '../../registry/routes/exchange';
import { behaviorOf } from '../../registry/SandboxRegistry';
import { emptyAnswer, textAnswer, VendorAnswer } from '../VendorAnswer';
import { VendorClock } from '../VendorClock';
import { VendorRequest } from '../VendorRequest';
import { buildVendorImage, VendorImage } from './buildVendorImage';

/** How a vendor serves the distribution protocol. */
export interface VendorRegistryOptions {
  clock: VendorClock;
  /**
   * Open, Basic, or tokens from a realm; or the vendor's own way. The users
   * may be a function that looks at a name and a password. A realm may be on
   * another of the vendor's hosts.
   */
  access: AccessOptions | AccessControl;
  /** As distribution 3 by default. */
  behavior?: '3' | '2.8' | Partial<DistributionBehavior>;
  /** Stands before `/v2/`, as in `/artifactory/api/docker/apps`; none by default. */
  prefix?: string;
  /**
   * Origin of the storage to which blobs are redirected, a host of the same
   * vendor. The storage refuses credentials, as S3 does. By default blobs are
   * answered by the registry.
   */
  storage?: string;
  /** Shared by the registries of one vendor; an empty one by default. */
  content?: ContentStore;
}

/**
 * The distribution protocol of a vendor: the sandbox registry without a
 * socket, on any host and below any path. Its content is what the vendor's
 * own listings are made of.
 */
export class VendorRegistry {
  readonly content: ContentStore;
  readonly access: AccessControl;
  private readonly options: VendorRegistryOptions;
  private readonly prefix: string;
  private readonly protocol: RegistryProtocol;

  constructor(options: VendorRegistryOptions) {
    const { access, behavior, clock } = options;
    this.options = options;
    this.prefix = options.prefix ?? '';
    this.content = options.content ?? new ContentStore(clock.now);
    this.access =
      'mode' in access
        ? createAccessControl(
            access.mode === 'token' ? { now: clock.now, ...access } : access,
          )
        : access;
    this.protocol = new RegistryProtocol({
      content: this.content,
      notifier: new Notifier(),
      behavior: behaviorOf(behavior),
      access: this.access,
      deleteEnabled: true,
      includeReferences: false,
    });
  }

  /** Stores an image without a request. @returns its digest */
  add(image: VendorImage): string {
    const bundle = buildVendorImage(image);
    this.store(image.repository, bundle, image.tags, image.pushedAt);
    return bundle.manifest.descriptor.digest;
  }

  /** Stores any bundle, such as a chart, without a request. */
  store(
    repository: string,
    bundle: ImageBundle,
    tags: string[],
    pushedAt?: Date,
  ): void {
    storeBundle(this.content, repository, bundle, tags, pushedAt?.getTime());
  }

  /**
   * Answers what belongs to the protocol: paths below `/v2/`, the token route
   * and the storage.
   *
   * @returns undefined for anything else, which is the vendor's own
   */
  async handle(request: VendorRequest): Promise<VendorAnswer | undefined> {
    const { url } = request;
    if (this.options.storage === url.origin) {
      return this.fromStorage(request);
    }
    if (this.access.isTokenRequest?.(url)) {
      return this.protocolAnswer(request, url);
    }
    const below = url.pathname.slice(this.prefix.length);
    if (!url.pathname.startsWith(this.prefix) || !/^\/v2(\/|$)/.test(below)) {
      return undefined;
    }
    const inner = new URL(`${url.origin}${below}${url.search}`);
    const answer = await this.protocolAnswer(request, inner);
    return this.storageRedirect(request, below, answer) ?? this.placed(answer);
  }

  private async protocolAnswer(
    request: VendorRequest,
    url: URL,
  ): Promise<VendorAnswer> {
    const answer: RegistryResponse = await this.protocol.answer({
      method: request.method,
      url,
      headers: request.headers,
      remoteAddress: request.remoteAddress,
      readBody: async limit => {
        if (request.body.length > limit) {
          throw new PayloadTooLarge(limit);
        }
        return request.body;
      },
    });
    return {
      ...answer,
      headers: {
        'Docker-Distribution-Api-Version': 'registry/2.0',
        ...answer.headers,
      },
    };
  }

  /** Paths that the protocol answers with lead below the prefix again. */
  private placed(answer: VendorAnswer): VendorAnswer {
    const place = (text: string) =>
      text.replace(/^(<?(?:https?:\/\/[^/]+)?)\/v2\//, `$1${this.prefix}/v2/`);
    const headers = Object.entries(answer.headers).map(
      ([name, value]): [string, string | string[]] => [
        name,
        ['Link', 'Location'].includes(name) && typeof value === 'string'
          ? place(value)
          : value,
      ],
    );
    return { ...answer, headers: Object.fromEntries(headers) };
  }

  private storageRedirect(
    { method }: VendorRequest,
    below: string,
    { status }: VendorAnswer,
  ): VendorAnswer | undefined {
    const { storage } = this.options;
    const [, repository, digest] =
      /^\/v2\/(.+)\/blobs\/(sha256:[0-9a-f]{64})$/.exec(below) ?? [];
    if (!storage || !digest || method !== 'GET' || status !== 200) {
      return undefined;
    }
    const location = `${storage}/${repository}/${digest}?X-Amz-Signature=abc`;
    return emptyAnswer({ status: 307, headers: { Location: location } });
  }

  private fromStorage({ headers, path }: VendorRequest): VendorAnswer {
    const [, repository, digest] = /^\/(.+)\/(sha256:[^/]+)$/.exec(path) ?? [];
    const bytes = digest && this.content.getBlob(repository, digest);
    const xml = { 'Content-Type': 'application/xml' };
    if (headers.authorization !== undefined) {
      return textAnswer(
        '<Error><Code>InvalidArgument</Code><Message>Only one auth mechanism allowed</Message></Error>',
        { status: 400, headers: xml },
      );
    }
    return bytes
      ? {
          status: 200,
          headers: { 'Content-Type': 'binary/octet-stream' },
          body: bytes,
        }
      : textAnswer('<Error><Code>NoSuchKey</Code></Error>', {
          status: 404,
          headers: xml,
        });
  }
}
