import { mockServices } from '@backstage/backend-test-utils';
import {
  RegistryError,
  RegistryHttp,
} from '@slipway/backstage-plugin-image-registry-node';
import { Knex } from 'knex';
import { eachDatabase } from '../testing';
import { findFollowUp, FollowUps, insertFollowUps } from './FollowUps';

const url = 'https://sns.eu-west-1.amazonaws.com/?Action=Confirm&Token=hush';

describe.each(eachDatabase())('FollowUps, $name', database => {
  let knex: Knex;

  beforeEach(async () => {
    knex = await database.create();
  });

  function start(answers: Array<RegistryError | undefined> = []) {
    const request = jest.fn(async () => {
      const failure = answers.shift();
      if (failure) {
        throw failure;
      }
    });
    const http = { request } as unknown as RegistryHttp;
    const logger = mockServices.logger.mock();
    return { request, followUps: new FollowUps({ knex, http, logger }) };
  }

  const ask = (deliveryId: string, address: string = url) =>
    knex.transaction(trx =>
      insertFollowUps(trx, [{ deliveryId, url: address }]),
    );
  const due = () => knex('webhook_follow_ups').update({ next_attempt_at: 0 });

  it('calls what was asked for, once, and forgets the address', async () => {
    const { followUps, request } = start();
    await ask('one');
    expect(await findFollowUp(knex, 'one')).toEqual({ state: 'pending' });
    await followUps.run();
    await followUps.run();
    expect(request).toHaveBeenCalledTimes(1);
    expect(request).toHaveBeenCalledWith(
      expect.objectContaining({ url, maxRedirects: 0 }),
    );
    expect(await findFollowUp(knex, 'one')).toEqual({ state: 'done' });
    const rows = JSON.stringify(await knex('webhook_follow_ups'));
    expect(rows).not.toContain('hush');
  });

  it('comes again after a failure that may pass', async () => {
    const { followUps, request } = start([
      new RegistryError('timeout', 'No answer'),
    ]);
    await ask('one');
    await followUps.run();
    expect(await findFollowUp(knex, 'one')).toEqual({
      state: 'pending',
      message: 'No answer',
    });
    await followUps.run();
    expect(request).toHaveBeenCalledTimes(1);
    await due();
    await followUps.run();
    expect(await findFollowUp(knex, 'one')).toEqual({ state: 'done' });
  });

  it('gives up after a while', async () => {
    const { followUps } = start(
      Array.from(
        { length: 10 },
        () => new RegistryError('timeout', 'No answer'),
      ),
    );
    await ask('one');
    for (let round = 0; round < 8; round++) {
      await due();
      await followUps.run();
    }
    expect(await findFollowUp(knex, 'one')).toEqual({
      state: 'failed',
      message: 'No answer',
    });
  });

  it.each([
    ['http://sns.eu-west-1.amazonaws.com/', 'Only https'],
    ['file:///etc/passwd', 'Only https'],
    ['nonsense', 'Only https'],
  ])('does not call %s', async (address, sentence) => {
    const { followUps, request } = start();
    await ask('one', address);
    await followUps.run();
    expect(request).not.toHaveBeenCalled();
    expect(await findFollowUp(knex, 'one')).toMatchObject({
      state: 'failed',
      message: expect.stringContaining(sentence),
    });
  });

  it('does not repeat what the guard refuses', async () => {
    const { followUps, request } = start([
      new RegistryError('forbidden-address', '10.0.0.1 is a private address'),
    ]);
    await ask('one');
    await followUps.run();
    await due();
    await followUps.run();
    expect(request).toHaveBeenCalledTimes(1);
    expect((await findFollowUp(knex, 'one'))?.state).toBe('failed');
  });
});
