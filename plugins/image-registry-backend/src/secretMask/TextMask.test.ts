import { TextMask } from './TextMask';

describe('TextMask', () => {
  it('masks what is secret, and asks for it once in a while', async () => {
    const clock = { now: 0 };
    const secrets = jest.fn().mockResolvedValue(['dummy-password']);
    const mask = new TextMask({
      registries: { secrets },
      now: () => clock.now,
    });
    const line = 'signed in with dummy-password!';
    const masked = await Promise.all([mask.mask(line), mask.mask(line)]);
    expect(masked).toEqual(Array(2).fill('signed in with ***!'));
    expect(secrets).toHaveBeenCalledTimes(1);

    secrets.mockResolvedValue(['another-password']);
    clock.now = 30_000;
    expect(await mask.mask('now it is another-password!')).toBe(
      'now it is ***!',
    );
    expect(secrets).toHaveBeenCalledTimes(2);
  });

  it('gives no text while nobody knows what is secret', async () => {
    const secrets = jest
      .fn()
      .mockRejectedValueOnce(new Error('no database'))
      .mockResolvedValue([]);
    const mask = new TextMask({ registries: { secrets } });
    await expect(mask.mask('a')).rejects.toThrow('no database');
    expect(await mask.mask('a')).toBe('a');
  });
});
