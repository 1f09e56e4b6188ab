import { mockServices } from '@backstage/backend-test-utils';
import { DriftWatch, DriftWatchOptions } from './DriftWatch';

describe('DriftWatch', () => {
  it('begins where its time was over, so that every component has a turn', async () => {
    const refs = Array.from(
      { length: 20 },
      (_, index) => `component:default/c${String(index).padStart(2, '0')}`,
    );
    const looked: string[] = [];
    let room = 0;
    let timer = new AbortController();
    const watch = new DriftWatch({
      logger: mockServices.logger.mock(),
      policies: { entityRefs: async () => refs },
      access: {
        entity: async (ref: string) => {
          looked.push(ref);
          room -= 1;
          if (room <= 0) {
            timer.abort();
          }
        },
      },
    } as unknown as DriftWatchOptions);
    for (let run = 0; run < 4; run++) {
      room = 6;
      timer = new AbortController();
      await watch.lookAtAll(timer.signal);
    }
    expect(new Set(looked)).toEqual(new Set(refs));
  });
});
