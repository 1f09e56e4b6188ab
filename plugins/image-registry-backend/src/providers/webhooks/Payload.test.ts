import { Payload } from './Payload';

const read = (value: unknown) =>
  Payload.of({ body: Buffer.from(JSON.stringify(value)) });

describe('Payload', () => {
  it('reads one object more of a list than a call may hold events', () => {
    const events = Array.from({ length: 3000 }, (_, index) => ({
      id: String(index),
    }));
    const list = read({ events }).list('events');
    expect(list).toHaveLength(1001);
    expect(list[1000].text('id')).toBe('1000');
  });

  it('lets what is no object hide nothing that comes after it', () => {
    const events = [...Array(2000).fill(0), { id: 'last' }];
    const list = read({ events }).list('events');
    expect(list.map(each => each.text('id'))).toEqual(['last']);
  });
});
