import {
  Environment,
  matchesNamespace,
  Place,
  TargetRef,
} from '@slipway/backstage-plugin-image-registry-common';

export { matchesNamespace };

/**
 * Whether some namespace could fit both patterns. Exact for names, and for
 * patterns: walks both at once, a `*` of either side eats any character.
 */
export function patternsOverlap(left: string, right: string): boolean {
  const seen = new Set<number>();
  const walk = (i: number, j: number): boolean => {
    const key = i * (right.length + 1) + j;
    if (seen.has(key)) {
      return false;
    }
    seen.add(key);
    if (i === left.length && j === right.length) {
      return true;
    }
    if (left[i] === '*') {
      return walk(i + 1, j) || (j < right.length && walk(i, j + 1));
    }
    if (right[j] === '*') {
      return walk(i, j + 1) || (i < left.length && walk(i + 1, j));
    }
    return i < left.length && left[i] === right[j] && walk(i + 1, j + 1);
  };
  return walk(0, 0);
}

/** Where something is, or is to be. */
type Location = Pick<TargetRef, 'cluster' | 'namespace'>;

function covers(place: Place, target: Location): boolean {
  return (
    place.cluster === target.cluster &&
    place.namespaces.some(pattern =>
      matchesNamespace(pattern, target.namespace),
    )
  );
}

/** The environment a target is in; at most one, because overlaps are refused. */
export function environmentOf(
  environments: readonly Environment[],
  target: Location,
): Environment | undefined {
  return environments.find(environment =>
    environment.places.some(place => covers(place, target)),
  );
}

/** A place that two environments would both claim, in words; or undefined. */
export function findOverlap(
  candidate: { id?: string; places: readonly Place[] },
  environments: readonly Environment[],
): string | undefined {
  for (const other of environments) {
    if (other.id === candidate.id) {
      continue;
    }
    for (const place of candidate.places) {
      for (const otherPlace of other.places) {
        if (place.cluster !== otherPlace.cluster) {
          continue;
        }
        for (const pattern of place.namespaces) {
          const clash = otherPlace.namespaces.find(otherPattern =>
            patternsOverlap(pattern, otherPattern),
          );
          if (clash) {
            return `${place.cluster}/${pattern} overlaps ${clash} of environment ${other.name}`;
          }
        }
      }
    }
  }
  return undefined;
}
