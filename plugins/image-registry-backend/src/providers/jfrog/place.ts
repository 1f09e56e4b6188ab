import { parseRegistryAddress } from '@slipway/backstage-plugin-image-registry-common';
import { RegistryConnection } from '@slipway/backstage-plugin-image-registry-node';
import { textOption } from '../options';

/**
 * How Docker reaches Artifactory: the repository key stands in the image's
 * name, or in the name or port of the host.
 */
export const accessMethods = ['repository-path', 'subdomain', 'port'] as const;
type AccessMethod = (typeof accessMethods)[number];

/** Of a connection or of an endpoint's registry: what says where things are. */
export type Located = Pick<
  RegistryConnection,
  'address' | 'options' | 'namespace'
>;

/** Where Artifactory's parts are, and what images are named there. */
export interface JFrogPlace {
  method: AccessMethod;
  /** Repository behind the host or port; absent where names begin with it. */
  key?: string;
  /** Base of Artifactory's API, mostly `https://host/artifactory`. */
  api: string;
  /** Base of the JFrog Platform, under which webhooks are kept. */
  platform: string;
  /** What `/v2/` follows. */
  registry: string;
}

/** An image by the repository that holds it. */
export interface JFrogImage {
  key: string;
  /** Inside the repository. */
  image: string;
}

const CONTEXT = '/artifactory';

/** Reads where everything is from what a person filled in. */
export function readPlace({ address, options }: Located): JFrogPlace {
  const given = textOption(options.apiAddress);
  const api = given === undefined ? address + CONTEXT : toApi(given);
  const method = readMethod(options.accessMethod);
  const key =
    method === 'repository-path'
      ? undefined
      : textOption(options.repositoryKey) ?? firstLabel(address);
  return {
    method,
    ...(key !== undefined && { key }),
    api,
    platform: api.slice(0, -CONTEXT.length),
    // A given API address needs no proxy that rewrites hosts and ports.
    registry:
      given !== undefined && key !== undefined
        ? `${api}/api/docker/${encodeURIComponent(key)}`
        : address,
  };
}

/** Splits the name of an image; undefined when it names no repository key. */
export function splitName(
  { key }: JFrogPlace,
  repository: string,
): JFrogImage | undefined {
  if (key !== undefined) {
    return { key, image: repository };
  }
  const slash = repository.indexOf('/');
  return slash > 0
    ? { key: repository.slice(0, slash), image: repository.slice(slash + 1) }
    : undefined;
}

/** What an image of a repository is called by Docker. */
export function joinName(place: JFrogPlace, { key, image }: JFrogImage) {
  return place.key === undefined ? `${key}/${image}` : image;
}

/**
 * The base of the API of what a person typed: the platform, or Artifactory.
 * @throws InvalidRegistryAddressError naming what is wrong
 */
export function toApi(typed: string): string {
  const { url } = parseRegistryAddress(typed);
  const context = url.indexOf(CONTEXT, url.indexOf('://') + 3);
  return context < 0 ? url + CONTEXT : url.slice(0, context + CONTEXT.length);
}

function readMethod(value: string | boolean | undefined): AccessMethod {
  return accessMethods.find(method => method === value) ?? 'repository-path';
}

function firstLabel(address: string): string {
  return new URL(address).hostname.split('.')[0];
}
