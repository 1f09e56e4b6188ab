import { Entity } from '@backstage/catalog-model';
import { IMAGE_REPOSITORY_ANNOTATION } from '@slipway/backstage-plugin-image-registry-common';

/** A reference of the catalog annotation. */
export interface AnnotatedSource {
  container?: string;
  /** Without tag. */
  reference: string;
}

/**
 * The sources that catalog-info.yaml names: one reference per line or comma,
 * each with `container=` in front of it or for all containers.
 */
export function annotatedSources(entity: Entity): AnnotatedSource[] {
  const text = entity.metadata.annotations?.[IMAGE_REPOSITORY_ANNOTATION] ?? '';
  return text
    .split(/[\n,]/)
    .map(part => part.trim())
    .filter(Boolean)
    .map(part => {
      const equals = part.indexOf('=');
      return equals < 0
        ? { reference: part }
        : {
            container: part.slice(0, equals).trim(),
            reference: part.slice(equals + 1).trim(),
          };
    });
}
