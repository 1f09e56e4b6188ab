import { setTimeout as wait } from 'node:timers/promises';
import { ScaledClock } from './clock';

/** Keeps the process busy. */
function burn(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

describe('ScaledClock', () => {
  it('runs tasks in the order of their time', async () => {
    const clock = ScaledClock.create({ speed: 1000 });
    const ran: Array<[string, number]> = [];
    const note = (name: string) => ran.push([name, clock.now()]);
    const start = clock.now();
    clock.after(2000, () => note('second'));
    clock.after(1000, () => {
      note('first');
      clock.after(500, () => note('between'));
    });
    clock.after(1200, () => note('cancelled')).cancel();

    await wait(50);

    clock.stop();
    expect(ran.map(([name]) => name)).toEqual(['first', 'between', 'second']);
    expect(ran[1][1] - ran[0][1]).toBe(500);
    expect(ran[2][1] - start).toBeGreaterThanOrEqual(2000);
  });

  it('lets others run when it cannot keep up', async () => {
    const clock = ScaledClock.create({ speed: 1000 });
    const again = () => {
      // More work than time: 4 ms for 1 ms.
      burn(4);
      clock.after(1000, again);
    };
    again();
    const start = performance.now();

    let turns = 0;
    while (performance.now() - start < 400) {
      await wait(1);
      turns++;
    }

    clock.stop();
    expect(turns).toBeGreaterThan(5);
    // Four times slower than asked, and a margin.
    expect(clock.now()).toBeLessThan((400 * 1000) / 2);
  });
});
