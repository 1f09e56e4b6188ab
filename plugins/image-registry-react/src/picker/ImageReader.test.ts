import { ImageDetails } from '@slipway/backstage-plugin-image-registry-common';
import { ImageReader } from './ImageReader';

const image = (tag: string): ImageDetails => ({
  registryId: 'company',
  repository: 'apps/web',
  tag,
  digest: `sha256:${'0'.repeat(64)}`,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  kind: 'image',
  annotations: {},
  platforms: [],
  pullReference: `harbor.example.com/apps/web:${tag}`,
});

/** A reader whose answers are given by hand. */
function setup() {
  const asked: string[] = [];
  const aborted: string[] = [];
  const answers = new Map<string, (outcome?: Error) => void>();
  const reader = new ImageReader(
    (reference, signal) =>
      new Promise((resolve, reject) => {
        asked.push(reference);
        signal.addEventListener('abort', () => {
          aborted.push(reference);
          reject(new DOMException('Aborted', 'AbortError'));
        });
        answers.set(reference, failure =>
          failure ? reject(failure) : resolve(image(reference)),
        );
      }),
  );
  const answer = async (reference: string, failure?: Error) => {
    answers.get(reference)!(failure);
    await jest.advanceTimersByTimeAsync(0);
  };
  return { reader, asked, aborted, answer };
}

const rested = () => jest.advanceTimersByTimeAsync(250);

describe('ImageReader', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('asks once the view rests, three at a time', async () => {
    const { reader, asked, answer } = setup();
    reader.show(['a', 'b']);
    await jest.advanceTimersByTimeAsync(249);
    reader.show(['b', 'c', 'd', 'e']);
    await jest.advanceTimersByTimeAsync(249);
    expect(asked).toEqual([]);
    await rested();
    expect(asked).toEqual(['b', 'c', 'd']);
    await answer('c');
    expect(asked).toEqual(['b', 'c', 'd', 'e']);
    expect(reader.get('c')).toEqual({ state: 'read', image: image('c') });
    expect(reader.get('b')).toEqual({ state: 'waiting' });
  });

  it('gives up what left the view, and asks again when it is back', async () => {
    const { reader, asked, aborted, answer } = setup();
    reader.show(['a', 'b']);
    await rested();
    await answer('a');
    reader.show(['a', 'c']);
    expect(aborted).toEqual(['b']);
    await rested();
    reader.show(['a', 'b']);
    await rested();
    expect(aborted).toEqual(['b', 'c']);
    expect(asked).toEqual(['a', 'b', 'c', 'b']);
    expect(reader.get('b')).toEqual({ state: 'waiting' });
  });

  it('keeps a failure until it is refreshed', async () => {
    const { reader, asked, answer } = setup();
    const failure = new Error('down');
    reader.show(['a']);
    await rested();
    await answer('a', failure);
    reader.show([]);
    reader.show(['a']);
    await rested();
    expect(asked).toEqual(['a']);
    expect(reader.get('a')).toEqual({ state: 'failed', error: failure });
    reader.refresh();
    await rested();
    await answer('a');
    expect(reader.get('a')).toEqual({ state: 'read', image: image('a') });
  });

  it('shows what it knew while it reads again', async () => {
    const { reader, asked, answer } = setup();
    reader.show(['a']);
    await rested();
    await answer('a');
    reader.refresh();
    expect(reader.get('a')).toEqual({ state: 'read', image: image('a') });
    await rested();
    expect(asked).toEqual(['a', 'a']);
  });

  it('forgets the oldest of a thousand', async () => {
    const { reader, asked, answer } = setup();
    for (let index = 0; index <= 1000; index += 1) {
      reader.show([`v${index}`]);
      await rested();
      await answer(`v${index}`);
    }
    expect(reader.get('v0')).toEqual({ state: 'waiting' });
    expect(reader.get('v1')).toMatchObject({ state: 'read' });
    expect(asked).toHaveLength(1001);
  });

  it('tells its listeners of every answer', async () => {
    const { reader, answer } = setup();
    const listener = jest.fn();
    const end = reader.subscribe(listener);
    reader.show(['a', 'b']);
    await rested();
    await answer('a');
    expect(listener).toHaveBeenCalledTimes(1);
    expect(reader.version()).toBe(1);
    end();
    await answer('b');
    expect(listener).toHaveBeenCalledTimes(1);
  });
});
