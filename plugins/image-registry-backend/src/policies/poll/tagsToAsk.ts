import {
  CompiledRule,
  evaluateRule,
  selectTag,
  TagCandidate,
} from '@slipway/backstage-plugin-image-registry-common';
import { compareNatural } from '@slipway/backstage-plugin-image-registry-node';
import { PolicyHead } from '../PolicyStore';
import { TagListing } from '../tagListing';
import { KnownTag } from '../TagStore';

/** Tags of one rule that one look asks the registry about at most. */
const MAX_ASKED = 50;
/** Newer candidates of a rule that an image's own manifests may refuse. */
const MAX_NEWER = 20;

/** What a look knows before it asks about single tags. */
export interface LookedAt {
  listing?: TagListing;
  known: ReadonlyMap<string, KnownTag>;
  /** Grows by one with each look, so that all tags have their turn. */
  turn: number;
}

/** Whether a rule names its tags, so that no listing is needed. */
export function namesItsTags({ rule }: CompiledRule): boolean {
  return rule.kind === 'same-tag' || rule.kind === 'list';
}

/**
 * The tags whose digest may concern a policy now, the newest first: its head,
 * and what may have come since. What the listing tells to be as it was is left
 * out, and without a whole listing all but what the policy names.
 */
export function tagsToAsk(
  rule: CompiledRule,
  head: PolicyHead | undefined,
  looked: LookedAt,
): string[] {
  if (rule.rule.kind === 'same-tag') {
    return [rule.rule.tag];
  }
  if (rule.rule.kind === 'list') {
    return rule.rule.tags;
  }
  const heads = head ? [head.tag] : [];
  const { listing } = looked;
  if (!listing?.complete || listing.countBefore !== undefined) {
    return heads;
  }
  const newer = rule.ordered
    ? newerThanHead(rule, head, listing)
    : changedTags(rule, listing, looked);
  return [...new Set([...newer, ...heads])];
}

/** Only the best counts, unless its manifests may say that it is none. */
function newerThanHead(
  rule: CompiledRule,
  head: PolicyHead | undefined,
  listing: TagListing,
): string[] {
  const best = rule.rule.platforms
    ? evaluateRule(rule, listing.candidates, listing)
        .newestFirst(MAX_NEWER)
        .filter(({ accepted }) => accepted)
        .map(({ tag }) => tag)
    : [selectTag(rule, listing.candidates, listing).selected?.tag];
  return best.filter(
    (tag): tag is string =>
      tag !== undefined && (!head || isNewer(rule, tag, head.tag)),
  );
}

function isNewer(rule: CompiledRule, tag: string, head: string): boolean {
  return tag !== head && (rule.compareTags(tag, head) ?? 0) >= 0;
}

/**
 * Where what comes later is newer, any tag that the rule takes may have
 * changed. A listing with digests tells which did. Of one without, those that
 * nobody has seen are asked for, and some of the others in turn.
 */
function changedTags(
  rule: CompiledRule,
  { candidates }: TagListing,
  { known, turn }: LookedAt,
): string[] {
  const taken = candidates.filter(({ tag }) => rule.test(tag).accepted);
  const changed = taken.filter(
    ({ tag, digest }) =>
      !known.has(tag) ||
      (digest !== undefined && known.get(tag)!.digest !== digest),
  );
  const asked = latestFirst(changed).slice(0, MAX_ASKED);
  const silent = taken.filter(
    ({ tag, digest }) => digest === undefined && known.has(tag),
  );
  return [...asked, ...inTurn(silent, MAX_ASKED - asked.length, turn)].map(
    ({ tag }) => tag,
  );
}

/**
 * Push times that nobody knows come last; of equal ones the later in natural
 * order comes first, as where they are counted as pushed.
 */
function latestFirst(candidates: TagCandidate[]): TagCandidate[] {
  const time = ({ pushedAt }: TagCandidate) =>
    pushedAt ? Date.parse(pushedAt) : 0;
  return [...candidates].sort(
    (a, b) => time(b) - time(a) || compareNatural(b.tag, a.tag),
  );
}

function inTurn(
  candidates: TagCandidate[],
  room: number,
  turn: number,
): TagCandidate[] {
  if (candidates.length <= room) {
    return candidates;
  }
  const start = (turn * room) % candidates.length;
  return [...candidates, ...candidates].slice(start, start + room);
}
