import { Knex } from 'knex';
import { eachDatabase, newRollout, waitFor } from '../testing';
import { FakeCluster } from '../testing/FakeCluster';
import { rolloutRoom } from '../testing/rolloutRoom';

describe.each(eachDatabase())('RolloutWorker, $name', database => {
  let knex: Knex;
  let room: ReturnType<typeof rolloutRoom>;

  beforeEach(async () => {
    knex = await database.create();
    const cluster = new FakeCluster();
    ['web', 'cart', 'mail'].forEach(name => cluster.add(name));
    room = rolloutRoom(knex, cluster);
  });

  const enqueue = async () => {
    const all = [];
    for (const name of ['web', 'cart', 'mail']) {
      all.push(await room.enqueue(newRollout({ name })));
    }
    return all;
  };

  const succeeded = (id: string) =>
    waitFor(async () => (await room.rollouts.get(id)).state === 'succeeded', {
      what: id,
    });

  it('claims the others when one cannot be claimed', async () => {
    const [broken, ...others] = await enqueue();
    const lease = room.leases.take.bind(room.leases);
    jest.spyOn(room.leases, 'take').mockImplementation((trx, id, ms) => {
      if (id === broken.id) {
        throw new Error('A damaged row');
      }
      return lease(trx, id, ms);
    });
    const worker = room.worker();
    worker.start();
    await Promise.all(others.map(({ id }) => succeeded(id)));
    await worker.stop();
    expect((await room.rollouts.get(broken.id)).state).toBe('queued');
    expect(room.logger.warn).toHaveBeenCalledWith(
      `Rollout ${broken.id} could not be claimed: Error: A damaged row`,
    );
  });

  it('ends the round when the database is away', async () => {
    await enqueue();
    const away = Object.assign(new Error('No way'), { code: 'ECONNREFUSED' });
    const lock = jest
      .spyOn(room.targetStore, 'lock')
      .mockRejectedValueOnce(away);
    const worker = room.worker();
    worker.start();
    await waitFor(async () => room.logger.warn.mock.calls.length > 0, {
      what: 'the end of the round',
    });
    expect(lock).toHaveBeenCalledTimes(1);
    expect(room.logger.warn).toHaveBeenCalledWith(
      'Rollout worker: Error: No way',
    );
    await worker.stop();
  });

  it('keeps nothing of a claim that was under way when it stopped', async () => {
    const [{ id }] = await enqueue();
    const worker = room.worker();
    const lease = room.leases.take.bind(room.leases);
    let stopped: Promise<void> | undefined;
    jest.spyOn(room.leases, 'take').mockImplementation((trx, each, ms) => {
      stopped ??= worker.stop();
      return lease(trx, each, ms);
    });
    worker.start();
    await waitFor(async () => stopped !== undefined, { what: 'the claim' });
    await stopped;
    expect(await room.rollouts.get(id)).toMatchObject({ state: 'queued' });
    expect(await knex('rollouts').whereNotNull('lease_token')).toEqual([]);
  });
});
