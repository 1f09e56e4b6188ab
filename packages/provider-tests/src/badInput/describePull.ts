import { Bench } from './Bench';
import { everythingSaidBy } from './failure';

/** A login that no vendor has given to anybody. */
const WRONG = { username: 'nobody', password: 'wrong-login-of-clusters' };

/** What clusters sign in with: it opens the image, and a wrong one is told. */
export function describePull(bench: Bench): void {
  const { spec } = bench;
  const open = async () => {
    const client = bench.client();
    const { digest } = await client.resolve(spec.repository, spec.tag);
    return { client, digest };
  };

  it('gives clusters a login that pulls', async () => {
    const { client, digest } = await open();
    const login = await client.pullCredential?.();
    expect(login).toMatchObject({
      username: expect.stringMatching(/\S/),
      from: expect.stringMatching(/^(manage|short-lived)$/),
    });
    // What a vendor issued is replaced before it ends; nothing else is.
    expect(login?.renewAt !== undefined).toBe(login?.from === 'short-lived');
    await client.tryPull?.(spec.repository, digest, login);
  });

  bench.row('wrong key', 'a wrong login of clusters', async () => {
    const { client, digest } = await open();
    const error = await bench.expectSentence(
      'resolve',
      client.tryPull!(spec.repository, digest, WRONG),
      spec.codes?.['wrong key'] ?? ['unauthenticated', 'forbidden'],
      /./,
    );
    expect(everythingSaidBy(error)).not.toContain(WRONG.password);
  });
}
