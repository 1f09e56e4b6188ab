import { readImageConfig } from './imageConfig';
import { readManifestContent } from './manifestContent';

const digest = `sha256:${'0'.repeat(64)}`;

describe('readManifestContent', () => {
  it('takes null for absent, and leaves out what it does not read', () => {
    expect(
      readManifestContent({
        schemaVersion: 2,
        config: null,
        layers: [{ digest, size: null, other: 1, platform: { os: 5 } }],
        annotations: { a: 'b', c: 1 },
      }),
    ).toEqual({
      schemaVersion: 2,
      layers: [{ mediaType: '', digest, annotations: {} }],
      annotations: { a: 'b' },
    });
  });

  it.each<[unknown, string, string]>([
    [[], '', 'an object'],
    [null, '', 'an object'],
    [{ layers: {} }, 'layers', 'a list'],
    [{ layers: [digest] }, 'layers.0', 'an object'],
    [{ layers: [{ digest }, {}] }, 'layers.1.digest', 'a text'],
    [{ config: { digest, size: '1' } }, 'config.size', 'a number'],
    [{ annotations: 'none' }, 'annotations', 'an object'],
  ])('tells where %j is malformed', (json, path, expected) => {
    expect(() => readManifestContent(json)).toThrow(
      expect.objectContaining({
        path: path ? path.split('.') : [],
        message: `expected ${expected}`,
      }),
    );
  });
});

describe('readImageConfig', () => {
  const read = (config: unknown) =>
    readImageConfig(Buffer.from(JSON.stringify(config)), []);

  it('leaves out a part that is malformed, and keeps the rest', () => {
    expect(
      read({
        os: 'linux',
        architecture: 7,
        created: '2026-11-21T00:00:00Z',
        config: {
          Labels: { a: 1 },
          Env: ['A=b', 2],
          Cmd: ['run'],
          ExposedPorts: { '80/tcp': {} },
        },
        history: 'long',
      }),
    ).toEqual({
      createdAt: '2026-11-21T00:00:00.000Z',
      layers: [],
      labels: {},
      environment: [],
      exposedPorts: ['80/tcp'],
      command: ['run'],
    });
  });

  it.each([[[]], [null], ['text'], [{ config: 'none' }]])(
    'reads %j',
    config => {
      expect(read(config)).toMatchObject({ layers: [], labels: {} });
    },
  );
});
