import { Environment } from '@slipway/backstage-plugin-image-registry-common';
import { KnownPlaces, lostPlacesOf } from './lostPlaces';

const environment = (
  name: string,
  ...places: Array<[cluster: string, namespaces: string]>
): Environment => ({
  id: name,
  name,
  order: 1,
  places: places.map(([cluster, namespaces]) => ({
    cluster,
    namespaces: [namespaces],
  })),
  owners: [],
  systems: [],
  protection: {},
  version: 1,
});

const environments = [
  environment('staging', ['eu', '*-staging']),
  environment('production', ['eu', '*-prod'], ['us', '*-prod']),
];

const target = (cluster: string, namespace: string) => ({
  cluster,
  namespace,
  kind: 'Deployment' as const,
  name: 'web',
  container: 'web',
});

const cases: Array<{
  name: string;
  known: Partial<KnownPlaces>;
  places: Array<[namespace: string | undefined, environment?: string]>;
}> = [
  { name: 'nothing at all', known: {}, places: [] },
  {
    name: 'where it was seen',
    known: { seen: new Map([['us', ['shop-prod', 'lab']]]) },
    places: [['shop-prod', 'production'], ['lab']],
  },
  {
    name: 'that it was not seen there, whatever was deployed before',
    known: {
      seen: new Map([['us', []]]),
      named: [target('us', 'shop-prod')],
      query: { cluster: 'us' },
    },
    places: [],
  },
  {
    name: 'a target of a rollout',
    known: {
      named: [
        target('us', 'shop-prod'),
        target('us', 'shop-prod'),
        target('eu', 'shop-staging'),
      ],
    },
    places: [['shop-prod', 'production']],
  },
  {
    name: 'the cluster that the component names, in its only environment',
    known: { query: { cluster: 'us' } },
    places: [[undefined, 'production']],
  },
  {
    name: 'the namespace that the component names, where it is a place',
    known: { query: { namespace: 'shop-prod' } },
    places: [['shop-prod', 'production']],
  },
  {
    name: 'a namespace that is no place there',
    known: { query: { namespace: 'shop-staging' } },
    places: [],
  },
];

describe('lostPlacesOf', () => {
  it.each(cases)('knows $name', ({ known, places }) => {
    const found = lostPlacesOf([{ name: 'us' }], {
      seen: new Map(),
      named: [],
      query: {},
      environments,
      ...known,
    });
    expect(found.map(each => [each.namespace, each.environment])).toEqual(
      places.map(([namespace, name]) => [namespace, name]),
    );
    expect(found.every(({ cluster }) => cluster === 'us')).toBe(true);
  });

  it('chooses no environment for a cluster that is part of several', () => {
    expect(
      lostPlacesOf([{ name: 'eu' }], {
        seen: new Map(),
        named: [],
        query: { cluster: 'eu' },
        environments,
      }),
    ).toEqual([{ cluster: 'eu', environment: undefined }]);
  });
});
