import { ImageRegistrySignal } from '@slipway/backstage-plugin-image-registry-common';
import { SignalPublisher } from './SignalPublisher';

function delivery(id: string, registryId = 'r'): ImageRegistrySignal {
  return { topic: 'delivery', id, registryId };
}

describe('SignalPublisher', () => {
  let sent: ImageRegistrySignal[];
  let publisher: SignalPublisher;

  beforeEach(() => {
    jest.useFakeTimers();
    sent = [];
    publisher = new SignalPublisher(signal => sent.push(signal));
  });

  afterEach(() => jest.useRealTimers());

  it('sends the first at once and of a burst only the last', () => {
    for (let i = 0; i < 100; i++) {
      publisher.publish(delivery(`d${i}`));
    }
    expect(sent).toEqual([delivery('d0')]);
    jest.advanceTimersByTime(500);
    expect(sent).toEqual([delivery('d0'), delivery('d99')]);
    jest.advanceTimersByTime(5000);
    expect(sent).toHaveLength(2);
  });

  it('sends at most two a second about one thing', () => {
    for (let i = 0; i < 100; i++) {
      publisher.publish(delivery(`d${i}`));
      jest.advanceTimersByTime(100);
    }
    expect(sent.length).toBeLessThanOrEqual(21);
    expect(sent.length).toBeGreaterThanOrEqual(19);
  });

  it('does not let one thing hold back another', () => {
    publisher.publish(delivery('a', 'one'));
    publisher.publish(delivery('b', 'two'));
    publisher.publish({ topic: 'rollout', id: 'x', entityRef: 'e' });
    publisher.publish({ topic: 'policy', id: 'x', entityRef: 'e' });
    publisher.publish({ topic: 'rollout', id: 'y', entityRef: 'f' });
    expect(sent).toHaveLength(5);
  });

  it('tells of many rollouts of one component as of one', () => {
    for (let i = 0; i < 100; i++) {
      publisher.publish({ topic: 'rollout', id: `r${i}`, entityRef: 'e' });
    }
    jest.advanceTimersByTime(5000);
    expect(sent).toEqual([
      { topic: 'rollout', id: 'r0', entityRef: 'e' },
      { topic: 'rollout', id: 'r99', entityRef: 'e' },
    ]);
  });
});
