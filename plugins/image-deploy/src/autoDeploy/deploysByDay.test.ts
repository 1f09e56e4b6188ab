import { deploysByDay } from './deploysByDay';

const deploy = (at: string) => ({ at, tag: 'v1', digest: 'sha256:1' });

describe('deploysByDay', () => {
  it('counts each deploy on its day, with the days of none', () => {
    const days = deploysByDay({
      from: '2026-11-01T12:00:00.000Z',
      to: '2026-11-04T12:00:00.000Z',
      changes: 9,
      deploys: [
        deploy('2026-11-01T12:00:00.000Z'),
        deploy('2026-11-02T11:59:59.999Z'),
        deploy('2026-11-03T12:00:00.000Z'),
      ],
    });
    expect(days).toEqual([
      { from: '2026-11-01T12:00:00.000Z', deploys: 2 },
      { from: '2026-11-02T12:00:00.000Z', deploys: 0 },
      { from: '2026-11-03T12:00:00.000Z', deploys: 1 },
    ]);
  });

  it('leaves out what lies outside', () => {
    const [day, ...others] = deploysByDay({
      from: '2026-11-01T12:00:00.000Z',
      to: '2026-11-01T12:00:00.000Z',
      changes: 2,
      deploys: [
        deploy('2026-11-01T11:00:00.000Z'),
        deploy('2026-11-09T00:00:00.000Z'),
      ],
    });
    expect(day.deploys).toBe(0);
    expect(others).toEqual([]);
  });
});
