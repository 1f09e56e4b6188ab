import { shaped } from './shaped';

const shape = {
  name: 'text',
  size: 'number',
  public: 'boolean',
  extra: 'unknown',
  tags: ['text'],
  images: [{ os: 'text' }],
  owner: { login: 'text' },
} as const;

describe('shaped', () => {
  it('reads what is promised, and nothing else', () => {
    const answer = {
      name: 'web',
      size: 7,
      public: false,
      extra: [1],
      tags: ['v1', 'v2'],
      images: [{ os: 'linux', more: 1 }],
      owner: { login: 'ada', id: 1 },
    };
    expect(shaped({ ...answer, other: 1 }, shape)).toEqual({
      ...answer,
      images: [{ os: 'linux' }],
      owner: { login: 'ada' },
    });
  });

  it('leaves out what is of another type', () => {
    expect(
      shaped(
        {
          name: '',
          size: '7',
          public: 'false',
          extra: null,
          tags: 'v1',
          images: { os: 'linux' },
          owner: ['ada'],
        },
        shape,
      ),
    ).toEqual({});
  });

  it('takes no number that no count comes to', () => {
    for (const size of [1e308, -1e308, Infinity, NaN, '1', null]) {
      expect(shaped({ size }, { size: 'number' })).toEqual({});
    }
    expect(shaped({ size: -1.5 }, { size: 'number' })).toEqual({ size: -1.5 });
  });

  it('keeps the number of objects in a list, not of texts', () => {
    expect(
      shaped({ images: [null, 7, { os: 1 }], tags: [null, 'v1', {}] }, shape),
    ).toEqual({ images: [{}, {}, {}], tags: ['v1'] });
  });

  it.each([null, undefined, 7, 'text', []])('takes %j for nothing', value => {
    expect(shaped(value, shape)).toEqual({});
  });

  it.each(['', '\ud800', 'a\udc00b'])('takes %j for no text', name => {
    expect(shaped({ name }, shape)).toEqual({});
  });

  it('reads whole characters of any kind', () => {
    expect(shaped({ name: '镜像 🐋' }, shape)).toEqual({ name: '镜像 🐋' });
  });

  it('reads no field that objects have by themselves', () => {
    expect(shaped({}, { toString: 'unknown' })).toEqual({});
  });
});
