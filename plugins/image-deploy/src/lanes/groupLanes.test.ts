import { createEnvironment, createTarget } from '../__testUtils__/fixtures';
import { groupLanes } from './groupLanes';

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
      environments: [staging],
    });
    expect(lanes).toHaveLength(2);
    expect(lanes[1].environment).toBeUndefined();
    expect(lanes[1].targets).toEqual([outside, unknown]);
  });

  it('puts a cluster that is down into each lane that it belongs to', () => {
    const us = { name: 'us', reachable: false };
    const lab = { name: 'lab', reachable: false };
    const lanes = groupLanes({
      items: [createTarget()],
      clusters: [{ name: 'eu', reachable: true }, us, lab],
      environments: [staging, production],
    });
    expect(lanes.map(lane => [lane.environment, lane.downClusters])).toEqual([
      ['staging', []],
      ['production', [us]],
      [undefined, [lab]],
    ]);
  });
});
