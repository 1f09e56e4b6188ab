import { NewEvent } from './DeliveryWriter';
import { repositoriesWithNews } from './imageFacts';

const event = (
  kind: NewEvent['event']['kind'],
  repository?: string,
): NewEvent => ({ id: kind, event: { kind, repository }, outcome: 'ignored' });

describe('repositories with news', () => {
  it.each([
    [
      'of scans and signatures',
      [event('scan', 'shop/web'), event('signature', 'shop/api')],
      undefined,
      ['shop/web', 'shop/api'],
    ],
    [
      'once each',
      [event('scan', 'shop/web'), event('scan', 'shop/web')],
      undefined,
      ['shop/web'],
    ],
    [
      'of nothing else',
      [event('push', 'shop/web'), event('delete', 'shop/web'), event('scan')],
      undefined,
      [],
    ],
    [
      'that the endpoint may speak for',
      [event('scan', 'shop/web'), event('scan', 'bank/web')],
      ['shop/*'],
      ['shop/web'],
    ],
  ])('are those %s', (_, events, speaksFor, expected) => {
    expect(repositoriesWithNews(events, speaksFor)).toEqual(expected);
  });
});
