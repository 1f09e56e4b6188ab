import { ContentStore } from '../../registry/content/ContentStore';
import { listStoredImages } from '../registry/storedImages';
import { jsonAnswer, VendorAnswer } from '../VendorAnswer';
import { jsonBodyOf, VendorRequest } from '../VendorRequest';
import { GitlabRepository } from './projects';

/** What a page of tags holds at most, whatever is asked for. */
const TAGS_OF_A_PAGE = 20;

/** Which GitLab answers: before 16.11 tags had no `publishedAt`. */
export type GraphqlAge = 'today' | 'without-published-at' | 'none';

interface Query {
  query?: unknown;
  variables?: { id?: unknown; first?: unknown; after?: unknown };
}

/**
 * The query `containerRepository(id) { tags }` of docs.gitlab.com/api/graphql,
 * and no other.
 */
export function answerGraphql(
  content: ContentStore,
  repositories: readonly GitlabRepository[],
  age: GraphqlAge,
  request: VendorRequest,
): VendorAnswer {
  const { query, variables = {} } = (jsonBodyOf(request) ?? {}) as Query;
  const text = String(query);
  if (!text.includes('containerRepository') || !text.includes('tags')) {
    return errors('Only containerRepository and its tags are simulated');
  }
  if (text.includes('publishedAt') && age !== 'today') {
    return errors(
      "Field 'publishedAt' doesn't exist on type 'ContainerRepositoryTag'",
    );
  }
  const [, id] =
    /^gid:\/\/gitlab\/ContainerRepository\/(\d+)$/.exec(String(variables.id)) ??
    [];
  const found = repositories.find(each => String(each.id) === id);
  return jsonAnswer({
    data: {
      containerRepository: found
        ? { tags: tagsOf(content, found.path, variables, age) }
        : null,
    },
  });
}

function tagsOf(
  content: ContentStore,
  repository: string,
  { first, after }: NonNullable<Query['variables']>,
  age: GraphqlAge,
) {
  const all = listStoredImages(content, repository)
    .flatMap(image => image.tags.map(tag => ({ image, tag })))
    .sort((a, b) => (a.tag.name < b.tag.name ? -1 : 1));
  const start = after
    ? Number(Buffer.from(String(after), 'base64').toString('utf8'))
    : 0;
  const size = Math.min(Number(first ?? TAGS_OF_A_PAGE), TAGS_OF_A_PAGE);
  const end = start + size;
  return {
    nodes: all.slice(start, end).map(({ image, tag }) => ({
      name: tag.name,
      digest: image.digest,
      createdAt: (image.created ?? tag.pushedAt).toISOString(),
      ...(age === 'today' && { publishedAt: tag.pushedAt.toISOString() }),
      totalSize: String(image.size),
    })),
    pageInfo: {
      hasNextPage: end < all.length,
      endCursor: Buffer.from(String(end)).toString('base64'),
    },
  };
}

function errors(message: string): VendorAnswer {
  return jsonAnswer({ errors: [{ message }] });
}
