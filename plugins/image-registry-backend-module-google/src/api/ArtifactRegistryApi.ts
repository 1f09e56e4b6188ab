import {
  RegistryCallOptions,
  RegistryHttpResponse,
} from '@slipway/backstage-plugin-image-registry-node';
import { repositoryResource, Place } from '../place';
import { TITLE } from '../title';
import {
  GoogleApi,
  GoogleCall,
  objectOf,
  objectsOf,
  textOf,
} from './GoogleApi';

const API = 'https://artifactregistry.googleapis.com/v1';
const ROLE = 'roles/artifactregistry.reader';
const DOWNLOAD = 'artifactregistry.repositories.downloadArtifacts';

/** Entries of a page, at most. */
const PAGE_SIZE = 1_000;

/** A page of 1 000 images with many tags each, in bytes. */
const PAGE_MAX_BYTES = 16 * 1024 * 1024;

/** All tags of one image with their digests, in bytes: some 100 000. */
const TAGS_MAX_BYTES = 64 * 1024 * 1024;

/** One page of entries as the API sends them. */
export interface GooglePage {
  entries: Record<string, unknown>[];
  nextPageToken?: string;
}

interface PageCall extends RegistryCallOptions {
  pageToken?: string;
  pageSize?: number;
}

/** A repository by its project and name. */
export interface RepositoryPlace {
  project: string;
  repository: string;
}

/**
 * The REST API of Artifact Registry, v1, as far as it is read, and the
 * extension of the protocol's tag list.
 */
export class ArtifactRegistryApi {
  constructor(
    private readonly google: GoogleApi,
    private readonly place: Place,
  ) {}

  /** `projects.locations.repositories.list`: of one project and location. */
  async repositories(project: string, call: PageCall): Promise<GooglePage> {
    return this.page('repositories', {
      ...call,
      path: `projects/${project}/locations/${this.place.location}/repositories`,
      operation: `list the repositories of project ${project}`,
      permission: 'artifactregistry.repositories.list',
    });
  }

  /** `projects.locations.repositories.packages.list`: names of images. */
  async packages(at: RepositoryPlace, call: PageCall): Promise<GooglePage> {
    return this.page('packages', {
      ...call,
      path: `${repositoryResource(this.place, at)}/packages`,
      operation: `list the repositories in ${at.project}/${at.repository}`,
      permission: 'artifactregistry.packages.list',
    });
  }

  /** `projects.locations.repositories.dockerImages.list`: of all images. */
  async dockerImages(
    at: RepositoryPlace,
    call: PageCall & { of: string },
  ): Promise<GooglePage> {
    return this.page('dockerImages', {
      ...call,
      path: `${repositoryResource(this.place, at)}/dockerImages`,
      operation: `list the tags of ${call.of}`,
      permission: 'artifactregistry.dockerimages.list',
    });
  }

  /** `/v2/…/tags/list`, to which Google adds all digests with their details. */
  async tagList(
    path: string,
    options: RegistryCallOptions,
  ): Promise<Record<string, unknown>> {
    const call: GoogleCall = {
      ...options,
      url: `https://${this.place.host}/v2/${path}/tags/list`,
      operation: `list the tags of ${path}`,
      permission: DOWNLOAD,
      role: ROLE,
      maxBytes: TAGS_MAX_BYTES,
    };
    return objectOf(await this.google.call(call), call, TITLE);
  }

  /** Whether images of a repository may be pulled. */
  async mayDownload(
    at: RepositoryPlace,
    options: RegistryCallOptions,
  ): Promise<boolean> {
    const call: GoogleCall = {
      ...options,
      method: 'POST',
      url: `${API}/${repositoryResource(this.place, at)}:testIamPermissions`,
      body: { permissions: [DOWNLOAD] },
      operation: `ask for the right to pull from ${at.project}/${at.repository}`,
      permission: 'artifactregistry.repositories.get',
      role: ROLE,
    };
    const { permissions } = objectOf(await this.google.call(call), call, TITLE);
    return Array.isArray(permissions) && permissions.includes(DOWNLOAD);
  }

  private async page(
    member: string,
    {
      operation,
      pageSize = PAGE_SIZE,
      pageToken,
      path,
      permission,
      priority,
      signal,
    }: PageCall & { path: string; operation: string; permission: string },
  ): Promise<GooglePage> {
    const query = new URLSearchParams({ pageSize: String(pageSize) });
    if (pageToken) {
      query.set('pageToken', pageToken);
    }
    const call: GoogleCall = {
      url: `${API}/${path}?${query}`,
      operation,
      permission,
      role: ROLE,
      maxBytes: PAGE_MAX_BYTES,
      priority,
      signal,
    };
    const response: RegistryHttpResponse = await this.google.call(call);
    const answer = objectOf(response, call, TITLE);
    return {
      entries: objectsOf(answer[member]),
      nextPageToken: textOf(answer.nextPageToken),
    };
  }
}
