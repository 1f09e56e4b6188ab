/**
 * Whether a repository matches a glob: `*` stands for any text within one
 * part of the path, `**` for any text, everything else for itself.
 *
 * Time grows with the product of both lengths, whatever the glob.
 */
export function matchesRepositoryGlob(
  glob: string,
  repository: string,
): boolean {
  // reachable[i]: the glob so far can have consumed the first i characters.
  let reachable = new Array<boolean>(repository.length + 1).fill(false);
  reachable[0] = true;
  for (let at = 0; at < glob.length; at++) {
    const next = new Array<boolean>(repository.length + 1).fill(false);
    if (glob[at] === '*') {
      const acrossParts = glob[at + 1] === '*';
      if (acrossParts) {
        at++;
      }
      for (let i = 0; i <= repository.length; i++) {
        const extended =
          i > 0 && next[i - 1] && (acrossParts || repository[i - 1] !== '/');
        next[i] = reachable[i] || extended;
      }
    } else {
      for (let i = 0; i < repository.length; i++) {
        next[i + 1] = reachable[i] && repository[i] === glob[at];
      }
    }
    reachable = next;
  }
  return reachable[repository.length];
}
