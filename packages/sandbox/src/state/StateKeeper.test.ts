import { setTimeout as sleep } from 'node:timers/promises';
import { StateKeeper } from './StateKeeper';

describe('StateKeeper', () => {
  const failed = jest.fn();
  let saves: Array<() => void>;
  let keeper: StateKeeper;

  beforeEach(() => {
    failed.mockReset();
    saves = [];
    keeper = new StateKeeper({
      save: () =>
        new Promise(resolve => {
          saves.push(resolve);
        }),
      failed,
      interval: 10,
    });
  });

  it('saves once for the changes of a while', async () => {
    keeper.changed();
    keeper.changed();
    expect(saves).toHaveLength(0);
    await sleep(50);
    expect(saves).toHaveLength(1);
  });

  it('saves again, but not at the same time, what changes meanwhile', async () => {
    keeper.changed();
    await sleep(50);
    keeper.changed();
    await sleep(50);
    expect(saves).toHaveLength(1);
    saves[0]();
    await sleep(50);
    expect(saves).toHaveLength(2);
  });

  it('stops after a last save, and only when there is something to save', async () => {
    await keeper.stop();
    expect(saves).toHaveLength(0);
    keeper.changed();
    const stopped = keeper.stop();
    expect(saves).toHaveLength(1);
    saves[0]();
    await stopped;
    await sleep(50);
    expect(saves).toHaveLength(1);
  });

  it('tells of a failed save and tries again when it stops', async () => {
    const save = jest
      .fn<Promise<void>, []>()
      .mockRejectedValueOnce(new Error('disk full'))
      .mockResolvedValue(undefined);
    keeper = new StateKeeper({ save, failed, interval: 10 });
    keeper.changed();
    await sleep(50);
    expect(failed).toHaveBeenCalledWith(new Error('disk full'));
    expect(save).toHaveBeenCalledTimes(1);
    await keeper.stop();
    expect(save).toHaveBeenCalledTimes(2);
  });
});
