import { ImageDetail } from '@aws-sdk/client-ecr';
import { readMutability, toRepositoryItem, toTagItems } from './images';

const digest = `sha256:${'a'.repeat(64)}`;
const unknown = () => undefined;

const tagsOf = (image: ImageDetail) =>
  toTagItems(image, unknown).map(({ tag }) => tag);

describe('images of ECR', () => {
  it('become one item for each tag', () => {
    expect(
      toTagItems(
        {
          imageDigest: digest,
          imageTags: ['v1', 'latest'],
          imageSizeInBytes: 1234,
          imagePushedAt: new Date('2026-11-01T10:00:00Z'),
        },
        () => true,
      ),
    ).toEqual(
      ['v1', 'latest'].map(tag => ({
        tag,
        digest,
        pushedAt: '2026-11-01T10:00:00.000Z',
        size: 1234,
        immutable: true,
      })),
    );
  });

  it.each<[string, ImageDetail]>([
    ['an image without tags', { imageDigest: digest }],
    [
      'what refers to another image',
      { imageTags: ['sbom'], subjectManifestDigest: digest },
    ],
    ['an archived image', { imageTags: ['v1'], imageStatus: 'ARCHIVED' }],
    [
      'an image that is being activated',
      { imageTags: ['v1'], imageStatus: 'ACTIVATING' },
    ],
    ['a signature', { imageTags: [`sha256-${'a'.repeat(64)}.sig`] }],
    ['a tag that is none', { imageTags: ['-ot-beta-jmx'] }],
  ])('leave out %s', (_name, image) => {
    expect(tagsOf(image)).toEqual([]);
  });

  it('do without what the API leaves out', () => {
    expect(
      toTagItems({ imageTags: ['v1'], imageDigest: 'x' }, unknown),
    ).toEqual([{ tag: 'v1' }]);
    expect(tagsOf({ imageTags: ['v1'], imageStatus: 'ACTIVE' })).toEqual([
      'v1',
    ]);
  });

  it('are in repositories with a usable name', () => {
    expect(toRepositoryItem({ repositoryName: 'shop/web' })).toEqual([
      { repository: 'shop/web' },
    ]);
    expect(toRepositoryItem({ repositoryName: 'Shop Web' })).toEqual([]);
    expect(toRepositoryItem({})).toEqual([]);
  });
});

describe('readMutability', () => {
  const exceptions = {
    imageTagMutabilityExclusionFilters: [
      { filterType: 'WILDCARD' as const, filter: 'dev-*' },
      { filterType: 'WILDCARD' as const, filter: '*.x' },
    ],
  };

  it.each([
    ['MUTABLE', 'v1', false],
    ['IMMUTABLE', 'v1', true],
    ['IMMUTABLE_WITH_EXCLUSION', 'v1', true],
    ['IMMUTABLE_WITH_EXCLUSION', 'dev-1', false],
    ['IMMUTABLE_WITH_EXCLUSION', 'a.x', false],
    ['IMMUTABLE_WITH_EXCLUSION', 'aox', true],
    ['IMMUTABLE_WITH_EXCLUSION', 'my-dev-1', true],
    ['MUTABLE_WITH_EXCLUSION', 'v1', false],
    ['MUTABLE_WITH_EXCLUSION', 'dev-1', true],
  ] as const)('%s: %s is fixed: %s', (imageTagMutability, tag, expected) => {
    expect(readMutability({ imageTagMutability, ...exceptions })(tag)).toBe(
      expected,
    );
  });

  it('does not know what is not told', () => {
    expect(readMutability({})('v1')).toBeUndefined();
  });

  it('does not take long for a hostile pattern', () => {
    const isImmutable = readMutability({
      imageTagMutability: 'MUTABLE_WITH_EXCLUSION',
      imageTagMutabilityExclusionFilters: [{ filter: '*a*a*a*' }],
    });
    expect(isImmutable(`${'a'.repeat(127)}b`)).toBe(true);
  });
});
