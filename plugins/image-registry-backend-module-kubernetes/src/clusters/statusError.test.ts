import { readFixture } from '../testing/replay';
import { toDriverError } from './statusError';

interface Refusal {
  note: string;
  statusCode: number;
  retryAfter?: string;
  body: { reason?: string; message: string };
}

const { refusals } = readFixture<{ refusals: Refusal[] }>('refusals');

function read(refusal: Refusal) {
  return toDriverError({
    cluster: 'real',
    statusCode: refusal.statusCode,
    body: JSON.stringify(refusal.body),
    retryAfter: refusal.retryAfter ?? undefined,
  });
}

function recorded(words: RegExp): Refusal {
  const found = refusals.find(({ body }) => words.test(body.message));
  if (!found) {
    throw new Error(`No refusal ${words} was recorded`);
  }
  return found;
}

describe('toDriverError', () => {
  it.each([
    [/^Unauthorized$/, 'unauthenticated', true],
    [/is forbidden: User/, 'forbidden', false],
    [/not found$/, 'not-found', false],
    [/^Apply failed with/, 'field-conflict', false],
    [/the object has been modified/, 'stale', true],
    [/field not declared in schema/, 'invalid', false],
    [/field is immutable|is invalid/, 'invalid', false],
    [/disruption budget/, 'rate-limited', true],
    [/being terminated/, 'invalid', false],
    [/failed calling webhook/, 'server-error', true],
  ])('maps %s to %s', (words, code, transient) => {
    const refusal = recorded(words);
    const error = read(refusal);
    expect(error.code).toBe(code);
    expect(error.transient).toBe(transient);
    expect(error.message).toContain(refusal.body.message);
  });

  it.each([
    // Recorded in 07c and 07d, the last as admission webhooks answer.
    'pods "direct" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1',
    "deployments.apps \"web\" is forbidden: ValidatingAdmissionPolicy 'no-latest' with binding 'no-latest' denied request: replicas 9 is above 5",
    'admission webhook "images.example" denied the request: the image is not signed',
  ])('does not take admission for a missing permission: %s', message => {
    const body = JSON.stringify({ kind: 'Status', message });
    const error = toDriverError({ cluster: 'real', statusCode: 403, body });
    expect(error).toMatchObject({ code: 'invalid', transient: false });
    expect(error.message).toContain(message);
  });

  it('does not ask again for an object that cannot be merged', () => {
    // Clusters before 1.29, of a variable that is named twice.
    const message =
      'failed to create manager for existing fields: failed to convert new object (shop/web; apps/v1, Kind=Deployment) to smd typed: .spec.template.spec.containers[name="web"].env: duplicate entries for key [name="MODE"]';
    const body = JSON.stringify({ kind: 'Status', message, code: 500 });
    const error = toDriverError({ cluster: 'real', statusCode: 500, body });
    expect(error).toMatchObject({ code: 'invalid', transient: false });
  });

  it('names the owners of a conflict and how they wrote', () => {
    expect(
      read(recorded(/conflict with "kubectl-client-side-apply"/)).owners,
    ).toEqual([{ manager: 'kubectl-client-side-apply', operation: 'Update' }]);
    expect(read(recorded(/conflict with "second-manager"/)).owners).toEqual([
      { manager: 'second-manager', operation: 'Apply' },
    ]);
  });

  it.each([
    ['7', 7_000],
    ['Sat, 21 Nov 2026 08:00:30 GMT', 30_000],
    ['99999999999999999999', 600_000],
    [undefined, undefined],
  ])('reads Retry-After %s', (retryAfter, expected) => {
    const error = toDriverError({
      cluster: 'real',
      statusCode: 429,
      body: '',
      retryAfter,
      now: Date.parse('2026-11-21T08:00:00Z'),
    });
    expect(error.retryAfterMs).toBe(expected);
  });

  it('says something of an answer that is not from an API server', () => {
    const error = toDriverError({
      cluster: 'real',
      statusCode: 502,
      body: '<html>Bad Gateway</html>\nmore',
    });
    expect(error.code).toBe('server-error');
    expect(error.message).toBe(
      'Cluster real failed to answer: HTTP 502 <html>Bad Gateway</html>',
    );
  });
});
