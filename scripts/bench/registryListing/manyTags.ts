/** Tags of the repository that is listed. */
export const TAGS = 50_000;

/** Tags as a build server makes them, in no order. */
export function manyTags(): string[] {
  return Array.from({ length: TAGS }, (_, index) => {
    const commit = ((index * 2654435761) % 2 ** 32).toString(16);
    return `main-${index}-${commit.padStart(8, '0')}`;
  });
}
