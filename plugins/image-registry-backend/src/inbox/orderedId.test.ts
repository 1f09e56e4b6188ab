import { orderedId } from './orderedId';

describe('orderedId', () => {
  it('is a UUID of version 7', () => {
    expect(orderedId()).toMatch(
      /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
    );
  });

  it('begins with the time', () => {
    // The example of RFC 9562, appendix A.6.
    expect(orderedId(0x017f22e279b0)).toMatch(/^017f22e2-79b0-7/);
  });

  it('sorts as time goes on', () => {
    const ids = [1, 255, 256, 1_700_000_000_000, 2_000_000_000_000].map(
      orderedId,
    );
    expect([...ids].sort()).toEqual(ids);
  });

  it('differs within a millisecond', () => {
    const ids = Array.from({ length: 1000 }, () => orderedId(1));
    expect(new Set(ids).size).toBe(1000);
  });
});
