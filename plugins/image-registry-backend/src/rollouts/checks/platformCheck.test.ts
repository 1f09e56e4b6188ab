import { NodePlatforms } from '@slipway/backstage-plugin-image-registry-common';
import { platformCheck } from './platformCheck';

const image = (...architectures: string[]) => ({
  platforms: architectures.map(architecture => ({
    platform: { os: 'linux', architecture },
    digest: 'd',
    mediaType: 'm',
    layers: [],
    labels: {},
    environment: [],
    exposedPorts: [],
  })),
});

const nodes = (...architectures: string[]): NodePlatforms => ({
  known: true,
  platforms: architectures.map(architecture => ({
    os: 'linux',
    architecture,
  })),
  fitting: architectures.length,
  total: 5,
});

describe('platformCheck', () => {
  it.each([
    ['all nodes', image('amd64', 'arm64'), nodes('amd64'), 'ok'],
    ['some nodes', image('amd64'), nodes('amd64', 'arm64'), 'warning'],
    ['no node', image('arm64'), nodes('amd64'), 'refused'],
    ['an image that does not tell', image(), nodes('amd64'), 'warning'],
    ['a cluster without nodes for it', image('amd64'), nodes(), 'warning'],
    ['a cluster that is not asked', image('amd64'), undefined, 'ok'],
  ])('%s', (_, of, on, expected) => {
    const { ok, warning } = platformCheck(of, on);
    const told = ok && warning ? 'warning' : ok && 'ok';
    expect(told || 'refused').toBe(expected);
  });

  it('names what does not fit', () => {
    expect(
      platformCheck(image('amd64'), nodes('amd64', 'arm64')).reason,
    ).toMatchObject({
      code: 'platforms-some',
      params: { image: 'linux/amd64', nodes: 'linux/arm64' },
    });
  });

  it('says why nodes are not known', () => {
    const reason = { code: 'nodes-unreadable', message: 'May not' };
    const unknown = { ...nodes(), known: false, reason };
    expect(platformCheck(image('amd64'), unknown)).toMatchObject({
      ok: true,
      warning: true,
      reason,
    });
  });
});
