/**
 * Whether two references name the same image: letter by letter, or by digest.
 * A policy of the cluster may write another registry in front of it, such as
 * its mirror.
 */
export function isSameImage(
  one: string | undefined,
  other: string | undefined,
): boolean {
  const digest = digestIn(one);
  return one === other || (digest !== undefined && digest === digestIn(other));
}

function digestIn(image: string | undefined): string | undefined {
  return image?.split('@')[1];
}
