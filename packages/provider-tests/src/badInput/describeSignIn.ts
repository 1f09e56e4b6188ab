import { Bench } from './Bench';
import { OperationName } from './BadInputSpec';
import { perform } from './operations';

/** Credentials that are wrong, weak or old, and hosts they must not go to. */
export function describeSignIn(bench: Bench): void {
  const { spec } = bench;
  const operations = Object.keys(spec.requests) as OperationName[];

  describe.each(operations)('%s', operation => {
    bench.row('wrong key', 'a wrong key', async () => {
      const client = bench.client({ credentials: spec.wrongCredentials });
      await bench.expectSentence(
        operation,
        perform(operation, client, spec),
        spec.codes?.['wrong key'] ?? ['unauthenticated'],
        // What failed is the sign-in, whatever it was for.
        /./,
      );
    });
  });

  if (spec.weakCredentials) {
    bench.row('missing right', 'a missing right', async () => {
      const client = bench.client({ credentials: spec.weakCredentials });
      await bench.expectSentence(
        'listRepositories',
        perform('listRepositories', client, spec),
        spec.codes?.['missing right'] ?? ['forbidden'],
      );
    });
  }

  const { expire } = spec;
  if (expire) {
    bench.row('expired token', 'a token that expires in between', async () => {
      const client = bench.client();
      for (const operation of operations) {
        await perform(operation, client, spec);
      }
      expire(bench.vendor);
      for (const operation of operations) {
        await perform(operation, client, spec);
      }
    });
  }

  bench.row('unknown namespace', 'an unknown namespace', async () => {
    const name = spec.unknownNamespace;
    const unknown = { ...spec, namespace: name, repository: `${name}/web` };
    const error = await bench.expectSentence(
      'listRepositories',
      perform('listRepositories', bench.client(), unknown),
      spec.codes?.['unknown namespace'] ?? ['not-found'],
    );
    expect(error.message).toContain(name);
  });

  bench.row('realm to another host', 'a realm to another host', async () => {
    const { address } = spec;
    bench.world.faults.add({
      host: new URL(address).hostname,
      effect: { kind: 'foreign-realm' },
    });
    await bench.expectSentence(
      'check',
      perform('resolve', bench.client(), spec),
      spec.codes?.['realm to another host'] ?? ['forbidden-address'],
    );
    bench.expectNothingToldToStranger();
  });

  bench.row('blob redirect', 'a blob elsewhere', async () => {
    bench.world.faults.add({
      path: '/blobs/',
      effect: { kind: 'foreign-redirect' },
    });
    const image = await bench.client().inspect(spec.repository, spec.tag);
    expect(image.digest).toMatch(/^sha256:/);
    const redirected = bench.world.requests.redirected();
    expect(redirected.length).toBeGreaterThan(0);
    expect(
      redirected.filter(
        ({ headers }) =>
          headers.authorization !== undefined || headers.cookie !== undefined,
      ),
    ).toEqual([]);
  });
}
