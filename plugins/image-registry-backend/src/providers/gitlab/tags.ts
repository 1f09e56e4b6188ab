import {
  Reason,
  TagItem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  advise,
  because,
  FollowingPage,
  listingDoubts,
  readFollowingPages,
  RegistryCallOptions,
  RegistryError,
  RegistryErrorCode,
  RegistryPage,
  shaped,
} from '@slipway/backstage-plugin-image-registry-node';
import { GitlabApi } from './GitlabApi';
import { RepositoryPlace } from './GitlabPlaces';
import { gitlabTag, toTagItem } from './items';

/** Asked for; GitLab gives 20 at most today, 100 formerly. */
const PAGE_SIZE = 100;
const MOST_PAGES = 250;

/** Newer fields first: a GitLab that does not know one refuses the query. */
const FIELDS = [
  'name digest createdAt publishedAt totalSize',
  'name digest createdAt totalSize',
] as const;

/** Of what GitLab says about an error, in characters. */
const LONGEST_QUOTE = 300;

const gitlabAnswer = {
  containerRepository: {
    tags: {
      nodes: 'unknown',
      pageInfo: { hasNextPage: 'boolean', endCursor: 'text' },
    },
  },
} as const;

/** What is needed to list the tags of a repository. */
export interface TagListing {
  api: GitlabApi;
  place: RepositoryPlace;
  repository: string;
}

/**
 * Tags by GraphQL, with their digests, times and sizes: the REST API tells
 * them for one tag in one call only.
 *
 * @returns undefined when this GitLab has no such query
 */
export async function readTags(
  listing: TagListing,
  options: RegistryCallOptions,
): Promise<RegistryPage<TagItem> | undefined> {
  for (const fields of FIELDS) {
    const first = await readPage(listing, fields, undefined, options);
    if (first) {
      return readFollowingPages<TagItem>({
        mostPages: MOST_PAGES,
        read: async next =>
          next === undefined
            ? first
            : (await readPage(listing, fields, next, options)) ??
              failed(listing, 'a later page is refused'),
      });
    }
  }
  return undefined;
}

/** @returns undefined when the query is refused for a field or at all */
async function readPage(
  listing: TagListing,
  fields: string,
  after: string | undefined,
  options: RegistryCallOptions,
): Promise<FollowingPage<TagItem> | undefined> {
  const { api, place, repository } = listing;
  const answer = await api
    .graphql<unknown>(
      `query($id: ContainerRepositoryID!, $first: Int!, $after: String) {
        containerRepository(id: $id) {
          tags(first: $first, after: $after) {
            nodes { ${fields} }
            pageInfo { hasNextPage endCursor }
          }
        }
      }`,
      {
        id: `gid://gitlab/ContainerRepository/${place.id}`,
        first: PAGE_SIZE,
        after,
      },
      { ...options, operation: `list the tags of ${repository}` },
    )
    .catch(unlessWithoutGraphql);
  if (!answer || answer.errors.some(isUnknownField)) {
    return undefined;
  }
  const { tags } = shaped(answer.data, gitlabAnswer).containerRepository ?? {};
  if (!tags) {
    return answer.errors.length
      ? failed(listing, answer.errors.join('; '))
      : failed(listing, 'there is no such repository', 'not-found');
  }
  const { hasNextPage, endCursor } = tags.pageInfo ?? {};
  const told: unknown[] = Array.isArray(tags.nodes) ? tags.nodes : [null];
  const nodes = told.filter(node => typeof node === 'object' && node !== null);
  const doubt =
    doubtOf(tags.pageInfo, answer.errors) ??
    (nodes.length < told.length
      ? because('gitlab-listing-left-out', 'GitLab left out entries')
      : undefined);
  return {
    items: nodes.flatMap(node => toTagItem(shaped(node, gitlabTag))),
    count: nodes.length,
    ...(hasNextPage && endCursor && { next: endCursor }),
    ...(doubt && { doubt }),
  };
}

/** GraphQL answers with a part where a field fails: that is no whole listing. */
function doubtOf(
  pageInfo: { hasNextPage?: boolean; endCursor?: string } | undefined,
  errors: string[],
): Reason | undefined {
  if (errors.length) {
    return listingDoubts.saidByVendor(
      'GitLab',
      errors.join('; ').slice(0, LONGEST_QUOTE),
    );
  }
  const isEndKnown =
    pageInfo?.hasNextPage === false ||
    (pageInfo?.hasNextPage === true && Boolean(pageInfo.endCursor));
  return isEndKnown
    ? undefined
    : because('gitlab-listing-no-end', 'GitLab does not tell where to read on');
}

/** A GitLab before 13, or one whose proxy lets only the REST API through. */
function unlessWithoutGraphql(error: unknown): undefined {
  if (
    error instanceof RegistryError &&
    ['not-found', 'unsupported'].includes(error.code)
  ) {
    return undefined;
  }
  throw error;
}

function isUnknownField(message: string): boolean {
  return /doesn't exist on type|isn't a defined|No such type/i.test(message);
}

function failed(
  { repository }: TagListing,
  cause: string,
  code: RegistryErrorCode = 'invalid-response',
): never {
  throw new RegistryError(
    code,
    `GitLab: could not list the tags of ${repository}: ${cause}`,
    {
      hint: advise(
        'gitlab-check-registry',
        'Check that the registry of this GitLab is running',
      ),
    },
  );
}
