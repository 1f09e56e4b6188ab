import { parseRegistryAddress } from '@slipway/backstage-plugin-image-registry-common';
import { RegistryConnection } from '@slipway/backstage-plugin-image-registry-node';
import { textOption } from '../options';

/**
 * How Docker reaches a repository of Nexus: by a port or host that stands for
 * it (also behind a reverse proxy), or by the first part of the image's name.
 */
export const routings = ['connector', 'subdomain', 'path'] as const;
type Routing = (typeof routings)[number];

/** Of a connection or of an endpoint's registry: what says where things are. */
export type Located = Pick<
  RegistryConnection,
  'address' | 'options' | 'namespace'
>;

/** Where Nexus is, and what images are named there. */
export interface NexusPlace {
  routing: Routing;
  /** Repository of Nexus that everything is in; absent: several, or unknown. */
  repository?: string;
  /** Base URL of Nexus; absent when only the connector is known. */
  api?: string;
}

/** An image by the repository of Nexus that holds it. */
export interface NexusImage {
  repository: string;
  image: string;
}

/** Reads where everything is from what a person filled in. */
export function readPlace({
  address,
  options,
  namespace,
}: Located): NexusPlace {
  const routing =
    routings.find(each => each === options.routing) ?? 'connector';
  const given = textOption(options.apiAddress);
  const api =
    given !== undefined
      ? parseRegistryAddress(given).url
      : defaultApi(routing, address);
  const repository =
    textOption(options.repositoryName) ??
    defaultRepository(routing, address, namespace);
  return {
    routing,
    ...(repository !== undefined && { repository }),
    ...(api !== undefined && { api }),
  };
}

/** Splits the name of an image; undefined when its repository is not known. */
export function splitName(
  { repository, routing }: NexusPlace,
  name: string,
): NexusImage | undefined {
  if (routing !== 'path') {
    return repository === undefined ? undefined : { repository, image: name };
  }
  const slash = name.indexOf('/');
  return slash > 0
    ? { repository: name.slice(0, slash), image: name.slice(slash + 1) }
    : undefined;
}

/** What an image of a repository is called by Docker. */
export function joinName(
  { routing }: NexusPlace,
  { repository, image }: NexusImage,
): string {
  return routing === 'path' ? `${repository}/${image}` : image;
}

/** Names with their repository are served where Nexus itself is. */
function defaultApi(routing: Routing, address: string): string | undefined {
  return routing === 'path' ? address : undefined;
}

function defaultRepository(
  routing: Routing,
  address: string,
  namespace: string | undefined,
): string | undefined {
  switch (routing) {
    case 'subdomain':
      return new URL(address).hostname.split('.')[0];
    case 'path':
      return namespace?.split('/')[0] || undefined;
    default:
      return undefined;
  }
}
