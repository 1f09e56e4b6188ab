import { Payload } from './Payload';

const bodyOf = (value: unknown) => ({
  body: Buffer.from(JSON.stringify(value)),
});

const read = (value: unknown) => Payload.of(bodyOf(value));

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

  it('finds fields in any case of letters, the first spelling first', () => {
    const payload = read({ Tag: 'one', tag: 'two', REPOSITORY: { NAME: 'x' } });
    expect(payload.text('tag')).toBe('one');
    expect(payload.object('repository').text('name')).toBe('x');
    expect(payload.has('TAG')).toBe(true);
  });

  it('reads a body that begins with a byte order mark', () => {
    const body = Buffer.from('\ufeff{"tag":"v1"}');
    expect(Payload.of({ body }).text('tag')).toBe('v1');
    expect(Payload.ofText('\ufeff{"tag":"v1"}')?.text('tag')).toBe('v1');
  });

  it('takes a field of another type for none', () => {
    const payload = read({ text: 5, list: 'a', object: [], number: '1' });
    expect(payload.text('text')).toBeUndefined();
    expect(payload.list('list')).toEqual([]);
    expect(payload.texts('list')).toEqual([]);
    expect(payload.object('object').has('anything')).toBe(false);
    expect(payload.number('number')).toBeUndefined();
  });

  it('reads lists of texts, and leaves out what is none', () => {
    expect(read({ tags: ['a', '', 7, null, 'b'] }).texts('tags')).toEqual([
      'a',
      'b',
    ]);
  });

  it('reads the objects of a map, in their order', () => {
    const reports = read({ One: { id: '1' }, none: 5, two: { id: '2' } });
    expect(
      reports.entries().map(([name, each]) => [name, each.text('id')]),
    ).toEqual([
      ['one', '1'],
      ['two', '2'],
    ]);
  });

  it('reads instants of either unit, and of a vendor without zones', () => {
    const payload = read({
      seconds: 1_680_501_893,
      milliseconds: 1_680_501_893_000,
      text: '2016-11-29 12:25:46',
    });
    expect(payload.time('seconds')).toBe('2023-04-03T06:04:53.000Z');
    expect(payload.time('milliseconds')).toBe('2023-04-03T06:04:53.000Z');
    expect(payload.time('text', '+08:00')).toBe('2016-11-29T04:25:46.000Z');
  });

  it('reads one object or a list of them', () => {
    expect(Payload.allOf(bodyOf({ id: '1' }))).toHaveLength(1);
    expect(Payload.allOf(bodyOf([{ id: '1' }, 5, { id: '2' }]))).toHaveLength(
      2,
    );
    expect(() => Payload.allOf(bodyOf('text'))).toThrow(/^The body/);
  });

  it('reads JSON inside a text', () => {
    expect(Payload.ofText('{"action":"INSERT"}')?.text('action')).toBe(
      'INSERT',
    );
    expect(Payload.ofText('plain words')).toBeUndefined();
    expect(Payload.ofText('[]')).toBeUndefined();
  });

  it.each(['', 'not json', '[]', 'null', '"text"'])(
    'refuses a body that is no object: %s',
    body => {
      expect(() => Payload.of({ body: Buffer.from(body) })).toThrow(
        /^The body is not/,
      );
    },
  );
});
