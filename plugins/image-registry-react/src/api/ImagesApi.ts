import {
  ComponentSources,
  ImageComparison,
  ImageComparisonQuery,
  ImageDetails,
  ImageFindings,
  ImageFindingsQuery,
  ImageQuery,
  Listing,
  PutComponentSources,
  RepositoriesQuery,
  RepositoryItem,
  TagItem,
  TagsQuery,
} from '@slipway/backstage-plugin-image-registry-common';
import { ReadOptions } from './RegistriesApi';

/**
 * Browsing and inspecting images, and where a component's images come from.
 *
 * @public
 */
export interface ImagesApi {
  listNamespaces(
    registryId: string,
    query?: { entityRef?: string; limit?: number; cursor?: string },
    options?: ReadOptions,
  ): Promise<Listing<{ namespace: string }>>;
  listRepositories(
    registryId: string,
    query?: RepositoriesQuery,
    options?: ReadOptions,
  ): Promise<Listing<RepositoryItem>>;
  listTags(
    registryId: string,
    query: TagsQuery,
    options?: ReadOptions,
  ): Promise<Listing<TagItem>>;
  /** Resolves and inspects a tag or digest. 404 when it doesn't exist. */
  getImage(
    registryId: string,
    query: ImageQuery,
    options?: ReadOptions,
  ): Promise<ImageDetails>;
  /** Scan, signatures and room of an image, where the registry tells them. */
  getImageFindings(
    registryId: string,
    query: ImageFindingsQuery,
    options?: ReadOptions,
  ): Promise<ImageFindings>;
  /** The tags and commits between two images of a repository. */
  compareImages(
    query: ImageComparisonQuery,
    options?: ReadOptions,
  ): Promise<ImageComparison>;
  getComponentSources(
    entityRef: string,
    options?: ReadOptions,
  ): Promise<ComponentSources>;
  putComponentSources(body: PutComponentSources): Promise<ComponentSources>;
  /** Forgets what a person chose. */
  deleteComponentSources(entityRef: string): Promise<void>;
}
