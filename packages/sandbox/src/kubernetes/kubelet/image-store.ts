import { createHash } from 'node:crypto';
import { ImageResolution, behaviorOf, imageParts } from './image-behavior';
import { RegistryLogin } from './keyring';

/** Asks a registry for an image, with what the pod's secrets hold for it. */
export type ImageResolver = (
  image: string,
  logins: RegistryLogin[],
) => ImageResolution | Promise<ImageResolution>;

export type PullOutcome =
  | { kind: 'present'; imageID: string }
  | { kind: 'pulled'; imageID: string }
  | { kind: 'refused'; message: string }
  | { kind: 'invalid'; message: string };

/** The images of one node. */
export class ImageStore {
  /** Image IDs, where a pull told them. */
  private readonly present = new Map<string, string | undefined>();

  static create(resolve: ImageResolver | undefined): ImageStore {
    return new ImageStore(resolve);
  }

  private constructor(private readonly resolve: ImageResolver | undefined) {}

  /** Counts an image as pulled: a container was made from it earlier. */
  remember(image: string, imageID: string | undefined): void {
    this.present.set(image, imageID);
  }

  /**
   * Whether the kubelet would say that it pulls. Without a registry to ask,
   * every image counts as present.
   */
  needsPull(image: string, policy: unknown): boolean {
    if (behaviorOf(image) === 'broken') {
      return true;
    }
    return (
      this.resolve !== undefined &&
      (policy === 'Always' || !this.present.has(image))
    );
  }

  /** Looks the image up and hands over what came of it. */
  obtain(
    image: string,
    policy: unknown,
    logins: RegistryLogin[],
    done: (outcome: PullOutcome) => void,
  ): void {
    const parts = imageParts(image);
    if (!parts) {
      done({ kind: 'invalid', message: invalidName(image) });
    } else if (behaviorOf(image) === 'broken') {
      done({ kind: 'refused', message: notFoundMessage(image) });
    } else if (!this.resolve || !this.needsPull(image, policy)) {
      const imageID = this.present.get(image) ?? imageIdOf(image, 'exists');
      done({ kind: 'present', imageID });
    } else {
      this.ask(image, logins).then(
        resolution => done(this.pulled(image, resolution)),
        // A registry that cannot be asked is not one that lacks the image.
        () => done(this.pulled(image, 'unknown')),
      );
    }
  }

  private async ask(
    image: string,
    logins: RegistryLogin[],
  ): Promise<ImageResolution> {
    return this.resolve ? this.resolve(image, logins) : 'exists';
  }

  private pulled(image: string, resolution: ImageResolution): PullOutcome {
    if (resolution === 'missing') {
      return { kind: 'refused', message: notFoundMessage(image) };
    }
    if (typeof resolution === 'object' && 'refused' in resolution) {
      return {
        kind: 'refused',
        message: refusedMessage(image, resolution.refused),
      };
    }
    const imageID = imageIdOf(image, resolution);
    this.present.set(image, imageID);
    return { kind: 'pulled', imageID };
  }
}

/** containerd's words for a registry's 404 (recorded: 03). */
function notFoundMessage(image: string): string {
  return `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve image: ${image}: not found`;
}

/** containerd's frame around what a registry answered. */
function refusedMessage(image: string, words: string): string {
  return `failed to pull and unpack image "${image}": failed to resolve image: ${words}`;
}

function invalidName(image: string): string {
  return `Failed to apply default image tag "${image}": couldn't parse image name "${image}": invalid reference format`;
}

/** `repository@digest`; a made-up digest where no registry was asked. */
function imageIdOf(image: string, resolution: ImageResolution): string {
  const parts = imageParts(image);
  const known =
    parts?.digest ??
    (typeof resolution === 'object' && 'digest' in resolution
      ? resolution.digest
      : undefined);
  const digest =
    known ?? `sha256:${createHash('sha256').update(image).digest('hex')}`;
  return `${parts?.repository ?? image}@${digest}`;
}
