import { InputError } from '@backstage/errors';
import { parseRegistryAddress } from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';

/** What the host of a registry says. */
export interface Place {
  host: string;
  /** Of Google Cloud, such as `europe-west1` or `us`. */
  location: string;
  /**
   * On the hosts of the former Container Registry: the repository that all
   * images of a project are in, named like the host.
   */
  legacyRepository?: string;
}

/** Where the repositories of the gcr.io hosts are kept. */
const legacyLocations: Readonly<Record<string, string>> = {
  'gcr.io': 'us',
  'us.gcr.io': 'us',
  'eu.gcr.io': 'europe',
  'asia.gcr.io': 'asia',
};

const dockerHost = /^([a-z0-9-]+)-docker\.pkg\.dev$/;

/** @returns undefined for a host that serves no images of Artifact Registry */
export function readPlace(host: string): Place | undefined {
  if (Object.hasOwn(legacyLocations, host)) {
    return { host, location: legacyLocations[host], legacyRepository: host };
  }
  const [, location] = dockerHost.exec(host) ?? [];
  return location ? { host, location } : undefined;
}

/**
 * Reads an address in any spelling that people use.
 * @throws InputError when it is none of Artifact Registry
 */
export function parsePlace(text: string): Place {
  const { host, port, url } = parseRegistryAddress(text);
  const place = port === undefined ? readPlace(host) : undefined;
  if (!place) {
    throw refusal(
      InputError,
      because(
        'google-address-other',
        `${url} serves no images of Google Artifact Registry; the host is <location>-docker.pkg.dev, such as europe-west1-docker.pkg.dev, or gcr.io`,
        { url },
      ),
    );
  }
  return place;
}

/** An image as the API knows its parts. */
export interface ImageName {
  /** With the colon of a project that belongs to a domain. */
  project: string;
  repository: string;
  /** May contain slashes. */
  image: string;
}

/**
 * Splits the path of an image, `project/repository/image`, or
 * `project/image` on the hosts of the former Container Registry. A project of
 * a domain, `example.com:shop`, is written `example.com/shop` there.
 *
 * @returns undefined when parts are missing
 */
export function parseImageName(
  place: Place,
  path: string,
): ImageName | undefined {
  const { project, rest } = splitProject(path);
  const [first, ...others] = rest;
  const [repository, parts] = place.legacyRepository
    ? [place.legacyRepository, rest]
    : [first, others];
  return project && repository && parts.length > 0
    ? { project, repository, image: parts.join('/') }
    : undefined;
}

/** The path of an image: the reverse of {@link parseImageName}. */
export function formatImageName(
  place: Place,
  { image, project, repository }: ImageName,
): string {
  return [
    project.replace(':', '/'),
    ...(place.legacyRepository ? [] : [repository]),
    image,
  ].join('/');
}

/** What a namespace limits browsing to. */
export interface Scope {
  project: string;
  /** Absent: all of the project. */
  repository?: string;
}

/** Reads `project` or `project/repository`. */
export function parseScope(place: Place, namespace: string): Scope {
  const { project, rest } = splitProject(namespace);
  const repository = place.legacyRepository ?? rest[0];
  return { project, ...(repository && { repository }) };
}

/** The reverse of {@link parseScope}. */
export function formatScope(
  place: Place,
  { project, repository }: Scope,
): string {
  return [
    project.replace(':', '/'),
    ...(repository && !place.legacyRepository ? [repository] : []),
  ].join('/');
}

function splitProject(path: string): { project: string; rest: string[] } {
  const [first = '', ...rest] = path.split('/');
  return first.includes('.') && rest.length > 0
    ? { project: `${first}:${rest[0]}`, rest: rest.slice(1) }
    : { project: first, rest };
}

/** Name of a repository in the API. */
export function repositoryResource(
  { location }: Place,
  { project, repository }: { project: string; repository: string },
): string {
  return `projects/${project}/locations/${location}/repositories/${repository}`;
}
