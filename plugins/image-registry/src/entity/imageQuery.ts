/** An image that somebody is about to deploy. */
export interface ImageToDeploy {
  registryId: string;
  repository: string;
  tag?: string;
  digest: string;
}

/** The query by which the deploy tab opens its dialog for an image. */
export function imageQuery(image: ImageToDeploy): Record<string, string> {
  return {
    deploy: image.registryId,
    repository: image.repository,
    reference: image.tag ?? image.digest,
    digest: image.digest,
  };
}
