/**
 * Whether a repository matches a glob: `*` stands for any characters within
 * one part of the path, `**` as a whole part for any number of parts, at the
 * end for at least one. Takes at most (length of the pattern) × (length of
 * the repository) steps.
 *
 * @example `team/*` takes `team/web`, not `team/web/api`; `team/**` takes both, not `team`
 */
export function matchRepositoryGlob(
  pattern: string,
  repository: string,
): boolean {
  const parts = pattern.split('/');
  if (parts[parts.length - 1] === '**') {
    parts.splice(-1, 1, '*', '**');
  }
  return matchSequence(
    parts,
    repository.split('/'),
    part => part === '**',
    matchPart,
  );
}

function matchPart(pattern: string, part: string): boolean {
  if (!pattern.includes('*')) {
    return pattern === part;
  }
  return matchSequence(
    [...pattern],
    [...part],
    character => character === '*',
    (expected, character) => expected === character,
  );
}

/**
 * Matches with wildcards that take any number of items. Only the last
 * wildcard is ever tried again, so nothing grows exponentially.
 */
function matchSequence(
  pattern: readonly string[],
  items: readonly string[],
  isWildcard: (element: string) => boolean,
  matches: (element: string, item: string) => boolean,
): boolean {
  let element = 0;
  let item = 0;
  let wildcard = -1;
  let retryFrom = 0;
  while (item < items.length) {
    if (element < pattern.length && isWildcard(pattern[element])) {
      wildcard = element;
      retryFrom = item;
      element++;
    } else if (
      element < pattern.length &&
      matches(pattern[element], items[item])
    ) {
      element++;
      item++;
    } else if (wildcard >= 0) {
      retryFrom++;
      item = retryFrom;
      element = wildcard + 1;
    } else {
      return false;
    }
  }
  while (element < pattern.length && isWildcard(pattern[element])) {
    element++;
  }
  return element === pattern.length;
}
