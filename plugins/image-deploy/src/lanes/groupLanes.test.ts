import { createEnvironment, createTarget } from '../__testUtils__/fixtures';
import { groupLanes, unknownClusters } from './groupLanes';

const staging = createEnvironment('staging', 1);
const production = createEnvironment('production', 2, 'us');

describe('groupLanes', () => {
  it('keeps the order of the environments and leaves empty ones out', () => {
    const lanes = groupLanes({
      items: [
        createTarget({ environment: 'production' }),
        createTarget({ environment: 'staging' }),
      ],
      clusters: [],
      lostPlaces: [],
      environments: [production, createEnvironment('test', 3), staging],
    });
    expect(lanes.map(lane => lane.environment)).toEqual([
      'staging',
      'production',
    ]);
  });

  it('puts what is in no environment, or an unknown one, last', () => {
    const outside = createTarget({ environment: undefined });
    const unknown = createTarget({
      environment: 'deleted',
      ref: { name: 'old' },
    });
    const lanes = groupLanes({
      items: [outside, unknown, createTarget()],
      clusters: [],
      lostPlaces: [],
      environments: [staging],
    });
    expect(lanes).toHaveLength(2);
    expect(lanes[1].environment).toBeUndefined();
    expect(lanes[1].targets).toEqual([outside, unknown]);
  });

  const us = { name: 'us', reachable: false };
  const lab = { name: 'lab', reachable: false };
  const clusters = [{ name: 'eu', reachable: true }, us, lab];

  it('puts a cluster that is down where the component was', () => {
    const lanes = groupLanes({
      items: [createTarget()],
      clusters,
      lostPlaces: [
        { cluster: 'us', namespace: 'prod', environment: 'production' },
        { cluster: 'us', namespace: 'prod-2', environment: 'production' },
        { cluster: 'lab', namespace: 'try', environment: 'deleted' },
      ],
      environments: [staging, production],
    });
    expect(lanes.map(lane => [lane.environment, lane.downClusters])).toEqual([
      ['staging', []],
      ['production', [us]],
      [undefined, [lab]],
    ]);
  });

  it('makes no lane of a cluster where it never was', () => {
    const running = {
      items: [createTarget()],
      clusters,
      lostPlaces: [{ cluster: 'lab', environment: 'staging' }],
      environments: [staging, production],
    };
    expect(
      groupLanes(running).map(lane => [lane.environment, lane.downClusters]),
    ).toEqual([['staging', [lab]]]);
    expect(unknownClusters(running)).toEqual([us]);
  });
});
