/** How a forge shows what is between two commits, by its host's name. */
const forges: ReadonlyArray<
  readonly [host: RegExp, path: (from: string, to: string) => string]
> = [
  [/gitlab/, (from, to) => `/-/compare/${from}...${to}`],
  [/bitbucket/, (from, to) => `/branches/compare/${to}%0D${from}`],
  [
    /github|gitea|forgejo|codeberg|gitee/,
    (from, to) => `/compare/${from}...${to}`,
  ],
];

const commit = /^[0-9a-f]{7,64}$/;

/**
 * The page of a forge with the commits between two revisions.
 *
 * @param source - label `org.opencontainers.image.source`; written by whoever
 * built the image, so only plain web addresses are linked
 * @returns undefined where the forge is not known by its host
 */
export function compareLink(
  source: string | undefined,
  from: string | undefined,
  to: string | undefined,
): string | undefined {
  if (!source || !from || !to || !commit.test(from) || !commit.test(to)) {
    return undefined;
  }
  let address: URL;
  try {
    address = new URL(source);
  } catch {
    return undefined;
  }
  const { protocol, hostname, origin, pathname } = address;
  const [, path] = forges.find(([host]) => host.test(hostname)) ?? [];
  if (!path || (protocol !== 'https:' && protocol !== 'http:')) {
    return undefined;
  }
  const repository = pathname.replace(/\/+$/, '').replace(/\.git$/, '');
  return `${origin}${repository}${path(from, to)}`;
}
