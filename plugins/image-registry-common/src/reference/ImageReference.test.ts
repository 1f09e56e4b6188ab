import fc from 'fast-check';
import { InvalidReferenceError } from './errors';
import {
  familiarReference,
  formatReference,
  isDigest,
  isRepository,
  isTag,
  parseReference,
} from './ImageReference';

const sha256 = `sha256:${'a1'.repeat(32)}`;
const sha512 = `sha512:${'0f'.repeat(64)}`;

describe('parseReference', () => {
  it.each([
    ['nginx', 'docker.io', 'library/nginx', undefined, undefined],
    ['nginx:1.25', 'docker.io', 'library/nginx', '1.25', undefined],
    [`nginx@${sha256}`, 'docker.io', 'library/nginx', undefined, sha256],
    [`nginx:1.25@${sha256}`, 'docker.io', 'library/nginx', '1.25', sha256],
    [`a/b@${sha512}`, 'docker.io', 'a/b', undefined, sha512],
    ['grafana/grafana', 'docker.io', 'grafana/grafana', undefined, undefined],
    ['docker.io/nginx', 'docker.io', 'library/nginx', undefined, undefined],
    [
      'index.docker.io/nginx',
      'docker.io',
      'library/nginx',
      undefined,
      undefined,
    ],
    ['registry-1.docker.io/a/b', 'docker.io', 'a/b', undefined, undefined],
    ['registry.hub.docker.com/a/b', 'docker.io', 'a/b', undefined, undefined],
    ['docker.io:443/a/b', 'docker.io', 'a/b', undefined, undefined],
    ['ghcr.io/org/a/b:v1', 'ghcr.io', 'org/a/b', 'v1', undefined],
    [
      'Registry.Example.COM/a',
      'registry.example.com',
      'a',
      undefined,
      undefined,
    ],
    [
      'registry.example.com:5000/a:b',
      'registry.example.com:5000',
      'a',
      'b',
      undefined,
    ],
    ['localhost/a', 'localhost', 'a', undefined, undefined],
    ['localhost:5000/a/b:c', 'localhost:5000', 'a/b', 'c', undefined],
    ['registry:5000/a', 'registry:5000', 'a', undefined, undefined],
    ['MyHost/a', 'myhost:443', 'a', undefined, undefined],
    ['myhost/a', 'docker.io', 'myhost/a', undefined, undefined],
    ['10.0.0.1:5000/a', '10.0.0.1:5000', 'a', undefined, undefined],
    ['[2001:DB8:0::1]:5000/a', '[2001:db8::1]:5000', 'a', undefined, undefined],
    ['[::1]/a:b', '[::1]', 'a', 'b', undefined],
    // Without a slash what follows the colon is a tag, as Docker reads it.
    ['localhost:5000', 'docker.io', 'library/localhost', '5000', undefined],
    [
      'a__b/c--d.e_f:T-1.0_x',
      'docker.io',
      'a__b/c--d.e_f',
      'T-1.0_x',
      undefined,
    ],
  ])('%s', (text, registry, repository, tag, digest) => {
    expect(parseReference(text)).toEqual({
      registry,
      repository,
      ...(tag && { tag }),
      ...(digest && { digest }),
    });
  });

  it('completes names without a host by the registry asked for', () => {
    expect(
      parseReference('web:1', { defaultRegistry: 'registry.example.com' }),
    ).toEqual({
      registry: 'registry.example.com',
      repository: 'web',
      tag: '1',
    });
  });

  it.each([
    ['', 0, 'reference-empty'],
    ['a'.repeat(64), 0, 'reference-is-image-id'],
    ['Nginx', 0, 'reference-upper-case-repository'],
    ['ghcr.io/Org/a', 8, 'reference-upper-case-repository'],
    ['ghcr.io/org/aB', 13, 'reference-upper-case-repository'],
    ['ghcr.io/', 8, 'reference-invalid-repository'],
    ['ghcr.io/a//b', 10, 'reference-invalid-repository'],
    ['ghcr.io/a/', 10, 'reference-invalid-repository'],
    ['/a', 0, 'reference-invalid-repository'],
    ['a..b', 0, 'reference-invalid-repository'],
    ['a___b', 0, 'reference-invalid-repository'],
    ['-a', 0, 'reference-invalid-repository'],
    ['nginx latest', 0, 'reference-invalid-repository'],
    ['https://ghcr.io/a', 0, 'reference-invalid-host'],
    ['nginx:', 6, 'reference-invalid-tag'],
    ['nginx:-x', 6, 'reference-invalid-tag'],
    ['nginx:a:b', 6, 'reference-invalid-tag'],
    [`nginx:${'x'.repeat(129)}`, 6, 'reference-invalid-tag'],
    ['nginx@', 6, 'reference-invalid-digest'],
    ['nginx@sha256:abc', 6, 'reference-invalid-digest'],
    [`nginx@sha256:${'A'.repeat(64)}`, 6, 'reference-invalid-digest'],
    [`nginx@md5:${'a'.repeat(32)}`, 6, 'reference-invalid-digest'],
    [`nginx@${sha256}@${sha256}`, 6, 'reference-invalid-digest'],
    ['my_host.com/a', 0, 'reference-invalid-host'],
    ['-host.com/a', 0, 'reference-invalid-host'],
    ['host.com:0/a', 0, 'reference-invalid-host'],
    ['host.com:65536/a', 0, 'reference-invalid-host'],
    ['999.1.1.1/a', 0, 'reference-invalid-host'],
    ['[::1/a', 0, 'reference-invalid-host'],
    [`ghcr.io/${'a'.repeat(256)}`, 8, 'reference-long-repository'],
    ['a'.repeat(248), 0, 'reference-long-repository'],
  ])('refuses %s at %i: %s', (text, position, code) => {
    let error: unknown;
    try {
      parseReference(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(InvalidReferenceError);
    expect(error).toMatchObject({
      name: 'InputError',
      text,
      position,
      reason: { code },
    });
  });

  it('throws nothing but its own error, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        let isTotal: boolean;
        try {
          isTotal = isRepository(parseReference(text).repository);
        } catch (error) {
          isTotal = error instanceof InvalidReferenceError;
        }
        expect(isTotal).toBe(true);
      }),
    );
  });

  it('reads what was formatted, in the long and the short form', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,8}([._-][a-z0-9]{1,4})?$/);
    fc.assert(
      fc.property(
        fc.constantFrom(
          'docker.io',
          'ghcr.io',
          'localhost',
          'r:5000',
          '[::1]:5',
        ),
        fc.array(part, { minLength: 2, maxLength: 4 }),
        fc.option(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,20}$/), {
          nil: undefined,
        }),
        fc.constantFrom(undefined, sha256, sha512),
        (registry, parts, tag, digest) => {
          // A first part with a dot is a host in the short form, as with Docker.
          fc.pre(!parts[0].includes('.') && parts[0] !== 'localhost');
          const reference = {
            registry,
            repository: parts.join('/'),
            ...(tag !== undefined && { tag }),
            ...(digest !== undefined && { digest }),
          };
          expect(parseReference(formatReference(reference))).toEqual(reference);
          expect(parseReference(familiarReference(reference))).toEqual(
            reference,
          );
        },
      ),
    );
  });
});

describe('familiarReference', () => {
  it.each([
    ['docker.io/library/nginx:1', 'nginx:1'],
    ['docker.io/grafana/grafana', 'grafana/grafana'],
    [`nginx:1@${sha256}`, `nginx:1@${sha256}`],
    ['ghcr.io/library/a', 'ghcr.io/library/a'],
  ])('%s → %s', (text, familiar) => {
    expect(familiarReference(parseReference(text))).toBe(familiar);
  });
});

describe('isTag, isDigest, isRepository', () => {
  it.each([
    ['latest', true],
    ['_a', true],
    ['x'.repeat(128), true],
    ['x'.repeat(129), false],
    ['-ot-beta-jmx', false],
    ['sha256:abc', false],
    ['', false],
    ['a\n', false],
  ])('isTag %j: %s', (text, expected) => expect(isTag(text)).toBe(expected));

  it.each([
    [sha256, true],
    [sha512, true],
    ['sha256:', false],
    [sha256.toUpperCase(), false],
    [`${sha256}\n`, false],
  ])('isDigest %j: %s', (text, expected) =>
    expect(isDigest(text)).toBe(expected),
  );

  it.each([
    ['a/b/c', true],
    ['a'.repeat(255), true],
    ['a'.repeat(256), false],
    ['a/../b', false],
    ['A', false],
    ['', false],
  ])('isRepository %j: %s', (text, expected) =>
    expect(isRepository(text)).toBe(expected),
  );
});
