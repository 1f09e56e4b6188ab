import { TagCandidate } from '../src/rules';

const tagCount = 50_000;

/** Half X.Y.Z, the rest vX.Y.Z, prereleases, commits and builds, shuffled. */
export function mixedTags(): TagCandidate[] {
  let state = 42;
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const commit = () =>
    random(2 ** 28)
      .toString(16)
      .padStart(7, '0');
  const version = () => `${random(30)}.${random(100)}.${random(200)}`;
  const started = Date.UTC(2026, 0, 1);
  // A registry lists each tag once.
  const tags = new Map<string, TagCandidate>();
  while (tags.size < tagCount) {
    const kind = random(10);
    let tag = version();
    if (kind === 5) {
      tag = `v${tag}`;
    } else if (kind === 6) {
      tag = `${tag}-rc.${random(20)}`;
    } else if (kind === 7) {
      tag = commit();
    } else if (kind > 7) {
      tag = `main-${commit()}-${1_700_000_000 + random(10_000_000)}`;
    }
    const pushedAt = new Date(started + random(2 ** 31)).toISOString();
    tags.set(tag, { tag, pushedAt });
  }
  // As they come from a registry: flat strings, not concatenated ones.
  return JSON.parse(JSON.stringify([...tags.values()]));
}
