import { ImageEvent } from '@slipway/backstage-plugin-image-registry-node';
import { digest, event, eventsOf, pushed, receive } from '../__testUtils__';

describe('webhooks of ECR', () => {
  it('reads a push', () => {
    expect(receive(event())).toEqual({ format: 'ecr', events: [pushed] });
  });

  it.each<[string, object, Partial<ImageEvent>]>([
    [
      'a push by digest',
      event({ 'image-tag': undefined }),
      { kind: 'push', tag: undefined, digest },
    ],
    ['a push that failed', event({ result: 'FAILED' }), { kind: 'other' }],
    ['a deletion', event({ 'action-type': 'DELETE' }), { kind: 'delete' }],
    [
      'an image that is archived',
      event({ 'action-type': 'UPDATE_STORAGE_CLASS' }),
      { kind: 'other' },
    ],
    [
      'a Helm chart',
      event({
        'manifest-media-type': 'application/vnd.oci.image.manifest.v1+json',
        'artifact-media-type': 'application/vnd.cncf.helm.config.v1+json',
      }),
      { kind: 'chart' },
    ],
    [
      'a signature by its tag',
      event({ 'image-tag': `sha256-${'d'.repeat(64)}.sig` }),
      { kind: 'signature' },
    ],
    [
      'an attestation by its tag',
      event({ 'image-tag': `sha256-${'d'.repeat(64)}.att` }),
      { kind: 'attestation' },
    ],
    [
      'an SBOM that refers to an image',
      event({ 'artifact-media-type': 'text/sbom+json' }, 'ECR Referrer Action'),
      { kind: 'sbom' },
    ],
    [
      'a referrer that looks like an image',
      event(
        {
          'artifact-media-type': 'application/vnd.oci.image.config.v1+json',
        },
        'ECR Referrer Action',
      ),
      { kind: 'attestation' },
    ],
    [
      'a replication to here',
      event({ 'action-type': 'REPLICATE' }, 'ECR Replication Action'),
      { kind: 'push' },
    ],
    [
      'a replication that failed, with a digest that is none',
      event(
        { result: 'FAILED', 'image-digest': 'sha256:8g6c3751gf7' },
        'ECR Replication Action',
      ),
      { kind: 'other', digest: undefined },
    ],
    [
      'an image that the cache has fetched',
      event(
        { result: undefined, 'sync-status': 'SUCCESS' },
        'ECR Pull Through Cache Action',
      ),
      { kind: 'push' },
    ],
    [
      'an event that nobody knows yet',
      event({}, 'ECR Something New'),
      { kind: 'other' },
    ],
  ])('takes %s for what it is', (_name, body, expected) => {
    const [read, ...others] = eventsOf(body);
    expect(others).toEqual([]);
    expect({ tag: undefined, digest: undefined, ...read }).toMatchObject(
      expected,
    );
  });

  it('reads one event for each tag of a scan', () => {
    const scan = event({ 'image-tags': ['v1', 'v2'] }, 'ECR Image Scan');
    expect(eventsOf(scan)).toMatchObject([
      { kind: 'scan', repository: 'shop/web', tag: 'v1', digest },
      { kind: 'scan', repository: 'shop/web', tag: 'v2', digest },
    ]);
    expect(
      eventsOf(event({ 'image-tags': [] }, 'ECR Image Scan')),
    ).toHaveLength(1);
  });

  it('reads scans of Amazon Inspector', () => {
    const scan = event(
      {
        'repository-name':
          'arn:aws:ecr:eu-west-1:123456789012:repository/shop/web',
        'image-tags': ['v1'],
      },
      'Inspector2 Scan',
      { source: 'aws.inspector2' },
    );
    expect(eventsOf(scan)).toMatchObject([
      { kind: 'scan', repository: 'shop/web', tag: 'v1' },
    ]);
  });

  it('reads all repositories of a call', () => {
    const change = event(
      {
        repositories: [
          { 'repository-name': 'shop/web' },
          { 'repository-name': 'shop/api' },
          'nonsense',
        ],
      },
      'ECR Scan Resource Change',
    );
    expect(eventsOf(change)).toMatchObject([
      { kind: 'other', repository: 'shop/web' },
      { kind: 'other', repository: 'shop/api' },
    ]);
  });

  it('reads events that were forwarded from another account or region', () => {
    const forwarded = { account: '999999999999', region: 'us-east-1' };
    expect(eventsOf(event({}, undefined, forwarded))).toEqual([pushed]);
  });

  it('reads spelling in other cases, and unknown fields', () => {
    const [read] = eventsOf({
      Source: 'AWS.ECR',
      'Detail-Type': 'ecr image action',
      Time: '2026-11-20T10:00:00Z',
      Detail: {
        RESULT: 'success',
        'Repository-Name': 'shop/web',
        'Action-Type': 'push',
        'Image-Tag': 'v1.3.0',
        'image-digest': digest,
        'brand-new': { a: 1 },
      },
    });
    expect(read).toEqual(pushed);
  });

  it.each<[string, unknown]>([
    ['no detail', { 'detail-type': 'ECR Image Action', source: 'aws.ecr' }],
    ['a detail that is none', event({}, undefined, { detail: 7 })],
    [
      'names that are none',
      event({ 'repository-name': 'A B', 'image-tag': '-' }),
    ],
  ])('survives %s', (_name, body) => {
    const [read] = eventsOf(body);
    expect(read.kind).toBe('other');
    expect(read).not.toHaveProperty('repository');
  });

  it.each([
    '',
    '{}',
    '[]',
    '"text"',
    '{"detail-type":"EC2 Instance State-change Notification","source":"aws.ec2"}',
    '{"specversion":"1.0","type":"container.image.push","data":{}}',
  ])('refuses %s', body => {
    expect(() => receive(body)).toThrow(/^The body/);
  });
});
