import { buildArtifact } from '../../registry/images/buildArtifact';
import { buildSignature } from '../../registry/images/buildSignature';
import { createJsonContent } from '../../registry/images/ImageBundle';
import { seedVendorImages } from '../registry/seedVendorImages';
import { findStoredImage, StoredImage } from '../registry/storedImages';
import { VendorRegistry } from '../registry/VendorRegistry';
import { SimulatedVendor } from '../SimulatedVendor';
import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { VendorClock } from '../VendorClock';
import { VendorRequest } from '../VendorRequest';
import { answerHarborApi } from './api';
import { HarborAccess } from './HarborAccess';
import { HarborScanState, HarborState } from './HarborState';

const HOST = 'harbor.example.com';

const MANIFEST = /^\/v2\/(.+)\/manifests\/([^/]+)$/;

/** How a Harbor is. */
export interface SimulatedHarborOptions {
  clock?: VendorClock;
  /** False for an empty registry. */
  seed?: boolean;
  /**
   * Before 2.8 there are no payload formats, before 2.5 no accessories, and
   * before 2.0 there is another API. 2.13 by default.
   */
  version?: '1.10' | '2.4' | '2.7' | '2.13';
  /** A proxy in front decodes paths once before it passes them on. */
  decodingProxy?: boolean;
}

/**
 * A Harbor with the API that goharbor/harbor describes in
 * api/v2.0/swagger.yaml, where not said otherwise. Project `acme` is private,
 * `opensource` is for everybody.
 */
export class SimulatedHarbor implements SimulatedVendor {
  readonly id = 'harbor';
  readonly hosts = [HOST];
  readonly registry: VendorRegistry;
  readonly state: HarborState;
  readonly #options: SimulatedHarborOptions;

  static create(options: SimulatedHarborOptions = {}): SimulatedHarbor {
    const harbor = new SimulatedHarbor(options);
    if (options.seed ?? true) {
      harbor.#seed();
    }
    return harbor;
  }

  private constructor(options: SimulatedHarborOptions) {
    const { clock = new VendorClock() } = options;
    this.#options = options;
    this.state = new HarborState(clock);
    this.registry = new VendorRegistry({
      clock,
      access: new HarborAccess(
        this.state,
        `https://${HOST}/service/token`,
        clock,
      ),
    });
  }

  async handle(request: VendorRequest): Promise<VendorAnswer | undefined> {
    const { version = '2.13', decodingProxy = false } = this.#options;
    const answer = await this.registry.handle(request);
    if (answer || version === '1.10') {
      return answer && this.#byPolicy(request, answer);
    }
    return answerHarborApi({
      state: this.state,
      content: this.registry.content,
      version: Number(version.split('.')[1]),
      request,
      path: decodingProxy ? decodeURIComponent(request.path) : request.path,
    });
  }

  /** What the scanner says of an image from now on. */
  setScan(image: string, scan: HarborScanState): void {
    this.state.scans.set(this.#stored(image).digest, scan);
  }

  /** Signs an image as cosign 2 does, or as cosign 3 in a bundle. */
  sign(image: string, way: 'bundle' | 'tag' = 'tag'): void {
    const [repository] = image.split(/[:@]/, 1);
    const { digest, mediaType, manifestSize } = this.#stored(image);
    const bundle =
      way === 'tag'
        ? buildSignature(`${HOST}/${repository}`, digest)
        : buildArtifact({
            artifactType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
            layers: [createJsonContent('application/json', { digest })],
            subject: { mediaType, digest, size: manifestSize },
            annotations: {
              'dev.sigstore.bundle.content': 'dsse-envelope',
              'dev.sigstore.bundle.predicateType':
                'https://sigstore.dev/cosign/sign/v1',
            },
          });
    this.registry.store(repository, bundle, []);
    this.state.accessories.push({
      // Harbor 2.14.0 took bundles for something unknown (goharbor#22592).
      type: way === 'tag' ? 'signature.cosign' : 'subject.accessory',
      digest: bundle.manifest.descriptor.digest,
      size: bundle.manifest.descriptor.size,
      subject: digest,
    });
  }

  /** What the middleware `vulnerable` makes of a pull. */
  #byPolicy({ path }: VendorRequest, answer: VendorAnswer): VendorAnswer {
    const [, repository, reference] = MANIFEST.exec(path) ?? [];
    if (!repository || answer.status !== 200) {
      return answer;
    }
    const digest = this.registry.content.getManifest(
      repository,
      reference,
    )?.digest;
    return digest && !this.state.letsOut(repository.split('/', 1)[0], digest)
      ? jsonAnswer(
          {
            errors: [
              {
                code: 'PROJECTPOLICYVIOLATION',
                message: 'The image was not scanned, or has findings',
              },
            ],
          },
          { status: 412 },
        )
      : answer;
  }

  #stored(image: string): StoredImage {
    const [, repository, reference] = /^([^:@]+)[:@](.+)$/.exec(image) ?? [];
    const stored =
      repository &&
      findStoredImage(this.registry.content, repository, reference);
    if (!stored) {
      throw new Error(`There is no image ${image}`);
    }
    return stored;
  }

  #seed(): void {
    seedVendorImages(this.registry, 'acme');
    this.registry.add({
      repository: 'acme/backend/worker',
      tags: ['1.0.0'],
      pushedAt: new Date('2026-11-03T08:00:00Z'),
    });
    this.registry.add({ repository: 'opensource/tool', tags: ['latest'] });
    this.setScan('acme/web:v1.2.0', { status: 'Success', counts: {} });
    this.setScan('acme/web:v1.1.0', { status: 'Running' });
    this.setScan('acme/web:v1.0.0', {
      status: 'Success',
      counts: { Critical: 1, High: 4, Medium: 12, Unknown: 2 },
      fixable: 9,
    });
    this.setScan('acme/api:2.0.0', { status: 'Error' });
    this.sign('acme/web:v1.2.0');
    this.state.immutable.add('acme/web:v1.2.0');
  }
}
