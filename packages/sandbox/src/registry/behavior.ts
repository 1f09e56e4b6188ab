/** What differs between the registries that speak this protocol. */
export interface DistributionBehavior {
  /** `n`, `last` and `Link` on tag lists; without it every answer is whole. */
  tagPaging: boolean;
  /** Tags of a page at most, also when more or no number is asked for. */
  mostTagsOfPage?: number;
  /** Tags in lexical order; otherwise in a stable order that is not sorted. */
  sortedTags: boolean;
  /** What a repository without tags answers. */
  emptyTags: 'empty' | 'null';
  /** Repositories that only hold blobs are in the catalog. */
  catalogListsBlobOnly: boolean;
  /** DELETE of a manifest by tag; otherwise 400 DIGEST_INVALID. */
  tagDelete: boolean;
  /** OCI manifests are 404 for a request whose `Accept` lacks their type. */
  ociNeedsAccept: boolean;
  /** The referrers API and `OCI-Subject`; otherwise a plain 404. */
  referrers: boolean;
  /** A chunk that does not continue the upload is 416. */
  orderedChunks: boolean;
  /** POST with `?digest=` stores the blob; otherwise it opens a session. */
  singlePostUpload: boolean;
  /** Content type of JSON that has none of its own. */
  jsonContentType: string;
  /** Content type and shape of notifications. */
  events: 'v1' | 'v2';
}

/** distribution 3.x, with the two newer calls of the specification added. */
export const DISTRIBUTION_3: DistributionBehavior = {
  tagPaging: true,
  sortedTags: true,
  emptyTags: 'empty',
  catalogListsBlobOnly: false,
  tagDelete: true,
  ociNeedsAccept: false,
  referrers: true,
  orderedChunks: true,
  singlePostUpload: true,
  jsonContentType: 'application/json',
  events: 'v2',
};

/** distribution 2.8, as Debian's docker-registry answers. */
export const DISTRIBUTION_2_8: DistributionBehavior = {
  tagPaging: false,
  sortedTags: false,
  emptyTags: 'null',
  catalogListsBlobOnly: true,
  tagDelete: false,
  ociNeedsAccept: true,
  referrers: false,
  orderedChunks: false,
  singlePostUpload: false,
  jsonContentType: 'application/json; charset=utf-8',
  events: 'v1',
};
