import { pushImage } from '../push/pushImage';
import { SandboxRegistry, startSandboxRegistry } from '../SandboxRegistry';
import { EventReceiver, startEventReceiver } from '../testing/eventReceiver';

const IGNORE_BLOBS = {
  mediaTypes: ['application/octet-stream'],
  actions: ['pull' as const],
};

describe('EndpointQueue', () => {
  let registry: SandboxRegistry;
  let receiver: EventReceiver;

  beforeEach(async () => {
    registry = await startSandboxRegistry();
    receiver = await startEventReceiver();
  });

  afterEach(async () => {
    await registry.stop();
    await receiver.stop();
  });

  const listen = (more: { threshold?: number; backoff?: number } = {}) =>
    registry.notifier.setEndpoint({
      name: 'portal',
      url: receiver.url,
      ignore: IGNORE_BLOBS,
      ...more,
    });
  const push = (tag: string) =>
    pushImage(registry.url, { repository: 'team/app', tag });
  const tags = () => receiver.events.map(each => each.target.tag);
  const state = () => registry.notifier.states()[0];

  async function until(condition: () => boolean) {
    while (!condition()) {
      await new Promise(resolve => {
        setTimeout(resolve, 5);
      });
    }
  }

  it('keeps the order while the receiver refuses and takes again', async () => {
    listen({ threshold: 2, backoff: 10 });
    receiver.status = 503;
    await push('1');
    await push('2');
    await until(() => receiver.attempts >= 4);
    expect(state()).toMatchObject({
      pending: 2,
      delivered: 0,
      lastStatus: 503,
      lastError: 'answered with status 503',
    });
    receiver.status = 202;
    await push('3');
    await receiver.received(3);
    expect(tags()).toEqual(['1', '2', '3']);
    await until(() => state().pending === 0);
    expect(state()).toMatchObject({ delivered: 3, failuresInARow: 0 });
    expect(state().failed).toBeGreaterThanOrEqual(4);
  });

  it('delivers what was pushed while nobody listened', async () => {
    listen({ threshold: 1, backoff: 10 });
    const port = Number(new URL(receiver.url).port);
    await receiver.stop();
    await push('1');
    await push('2');
    await until(() => state().failed >= 2);
    expect(state().lastError).toMatch(/ECONNREFUSED/);
    receiver = await startEventReceiver(port);
    await receiver.received(2);
    expect(tags()).toEqual(['1', '2']);
  });

  it('waits between attempts only after the threshold', async () => {
    listen({ threshold: 3, backoff: 60_000 });
    receiver.status = 500;
    await push('1');
    await until(() => receiver.attempts === 3);
    await new Promise(resolve => {
      setTimeout(resolve, 50);
    });
    expect(receiver.attempts).toBe(3);
  });

  it('sends what waits to the new address of its endpoint', async () => {
    listen({ threshold: 1, backoff: 20 });
    receiver.status = 500;
    await push('1');
    await until(() => receiver.attempts > 0);
    const other = await startEventReceiver();
    try {
      registry.notifier.setEndpoint({
        name: 'portal',
        url: other.url,
        ignore: IGNORE_BLOBS,
      });
      await other.received(1);
      expect(other.events[0].target.tag).toBe('1');
    } finally {
      await other.stop();
    }
  });

  it('never shows the value of a header', async () => {
    registry.notifier.setEndpoint({
      name: 'portal',
      url: receiver.url,
      headers: { Authorization: 'Bearer hidden' },
    });
    expect(state().headerNames).toEqual(['Authorization']);
    expect(JSON.stringify(state())).not.toContain('hidden');
  });
});
