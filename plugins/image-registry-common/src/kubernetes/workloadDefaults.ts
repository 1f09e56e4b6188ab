import type { ImageDetails, PlatformImage } from '../api/images';
import type { WorkloadPlan, WorkloadPort } from '../api/workloads';

/** What an image suggests for the form. */
export interface WorkloadDefaults
  extends Pick<
    WorkloadPlan,
    'ports' | 'service' | 'readiness' | 'runAsUser' | 'restricted'
  > {
  /** From the image's title or its repository; a valid name. */
  name: string;
  description?: string;
  /** What the image sets itself, for the person to see; not sent again. */
  imageEnvironment: Array<{ name: string; value: string }>;
  /** Set when the image has one architecture only. */
  architecture?: string;
}

/** Where images say what they are (OCI image annotations). */
const TITLE = 'org.opencontainers.image.title';
const DESCRIPTION = 'org.opencontainers.image.description';

const NAME_LENGTH = 63;

/**
 * Fills the form from an image: ports it exposes, the user it runs as, its
 * platform, and a readiness check of its first TCP port.
 */
export function workloadDefaults(
  image: Pick<ImageDetails, 'repository' | 'annotations' | 'platforms'>,
): WorkloadDefaults {
  const first = image.platforms.find(
    ({ platform }) => platform?.os === 'linux',
  );
  const said = { ...first?.labels, ...image.annotations };
  const ports = (first?.exposedPorts ?? []).flatMap(exposedPort);
  const listening = ports.find(({ protocol }) => protocol === 'TCP');
  const user = numericUser(first);
  return {
    name: defaultName(said[TITLE], image.repository),
    description: said[DESCRIPTION]?.trim() || undefined,
    ports,
    service: ports.length > 0,
    readiness: listening && {
      check: { type: 'tcp', port: listening.port },
    },
    restricted: user !== undefined && user > 0,
    imageEnvironment: (first?.environment ?? []).map(splitVariable),
    architecture: onlyArchitecture(image.platforms),
  };
}

/** `8080`, `8080/tcp`, `53/udp`, and ranges, of which the ends count. */
function exposedPort(text: string): WorkloadPort[] {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(tcp|udp|sctp))?$/i.exec(text);
  if (!match) {
    return [];
  }
  const protocol = (match[3] ?? 'tcp').toUpperCase() as 'TCP' | 'UDP' | 'SCTP';
  return [match[1], match[2]]
    .filter(port => port !== undefined)
    .map(Number)
    .filter(port => port >= 1 && port <= 65535)
    .map(port => ({ port, protocol }));
}

/** `1000`, `1000:1000`; a name says nothing that Kubernetes could check. */
function numericUser(image: PlatformImage | undefined): number | undefined {
  const match = /^(\d+)(?::|$)/.exec(image?.user ?? '');
  return match ? Number(match[1]) : undefined;
}

function splitVariable(text: string): { name: string; value: string } {
  const equals = text.indexOf('=');
  return equals < 0
    ? { name: text, value: '' }
    : { name: text.slice(0, equals), value: text.slice(equals + 1) };
}

function onlyArchitecture(
  platforms: ImageDetails['platforms'],
): string | undefined {
  const all = new Set(
    platforms
      .filter(({ platform }) => platform?.os === 'linux')
      .map(({ platform }) => platform?.architecture),
  );
  return all.size === 1 ? [...all][0] : undefined;
}

function defaultName(title: string | undefined, repository: string): string {
  const last = repository.split('/').at(-1) ?? '';
  return [title ?? '', last, 'component']
    .map(asName)
    .find(name => name !== '') as string;
}

/** A name that Services may have too: it begins with a letter. */
function asName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, NAME_LENGTH)
    .replace(/-+$/, '');
}
