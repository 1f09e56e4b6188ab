import { TagCandidate } from '../CompiledRule';

/** Tags pushed one day after the other. */
export function daily(...tags: string[]): TagCandidate[] {
  return tags.map((tag, day) => ({
    tag,
    digest: `sha256:${tag}`,
    pushedAt: `2026-01-${String(day + 1).padStart(2, '0')}T00:00:00Z`,
  }));
}

/** Tags of which nothing else is known. */
export function named(...tags: string[]): TagCandidate[] {
  return tags.map(tag => ({ tag }));
}
