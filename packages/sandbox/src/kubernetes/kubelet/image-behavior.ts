/** What the sandbox knows of an image when a pod asks for it. */
export type ImageResolution =
  | 'exists'
  | 'missing'
  | 'unknown'
  | {
      /** Digest of the manifest, `sha256:…`. */
      digest: string;
    }
  | {
      /** Why the registry does not give it, in the container runtime's words. */
      refused: string;
    };

/** How a container of an image behaves. */
export type ImageBehavior =
  | 'healthy'
  | 'broken'
  | 'crash'
  | 'slow'
  | 'unready'
  | 'oom';

const REFERENCE = /^(.+?)(?::([\w][\w.-]{0,127}))?(?:@(sha256:[a-f0-9]{64}))?$/;

export interface ImageParts {
  /** With the registry's host. */
  repository: string;
  tag?: string;
  digest?: string;
}

/** Splits `host:port/path:tag@digest`; undefined for what is no reference. */
export function imageParts(image: string): ImageParts | undefined {
  const slash = image.lastIndexOf('/');
  const host = image.slice(0, slash + 1);
  const match = REFERENCE.exec(image.slice(slash + 1));
  if (!match || /[A-Z\s]/.test(host + match[1])) {
    return undefined;
  }
  const [, name, tag, digest] = match;
  return { repository: host + name, tag, digest };
}

/** Tags with one of these endings fail like the real thing. */
export function behaviorOf(image: string): ImageBehavior {
  const tag = imageParts(image)?.tag ?? '';
  const ending = /(?:^|-)(broken|crash|slow|unready|oom)$/.exec(tag)?.[1];
  return (ending as ImageBehavior | undefined) ?? 'healthy';
}
