import { digest, eventsOf, pushed, receive } from '../__testUtils__';

describe('CloudEvents of ECR', () => {
  const cloudEvent = {
    specversion: '1.0',
    id: 'ecr-1',
    type: 'com.amazon.ecr.image.push',
    source: 'urn:aws:ecr:eu-west-1:123456789012:repository/shop/web',
    time: '2026-11-20T10:00:00Z',
    data: {
      repositoryName: 'shop/web',
      imageTag: 'v1.3.0',
      imageDigest: digest,
    },
  };

  it('reads one, several, and one with its attributes in headers', () => {
    expect(receive(cloudEvent)).toEqual({
      format: 'ecr-cloudevents',
      events: [pushed],
    });
    expect(eventsOf([cloudEvent, cloudEvent])).toHaveLength(2);
    expect(
      eventsOf(cloudEvent.data, {
        headers: { 'ce-type': 'com.amazon.ecr.image.delete' },
      }),
    ).toMatchObject([{ kind: 'delete', repository: 'shop/web' }]);
  });

  it('takes other types for what they are', () => {
    const [read] = eventsOf({ ...cloudEvent, type: 'com.amazon.ecr.new' });
    expect(read.kind).toBe('other');
    expect(
      eventsOf({ ...cloudEvent, type: 'com.amazon.ecr.image.scanned' }),
    ).toMatchObject([{ kind: 'scan' }]);
  });

  it.each([
    [{ result: 'FAILURE' }, 'other'],
    [{ result: 'SUCCESS' }, 'push'],
    [
      { artifactMediaType: 'application/vnd.cncf.helm.config.v1+json' },
      'chart',
    ],
    [
      { 'manifest-media-type': 'application/vnd.oci.image.index.v1+json' },
      'push',
    ],
  ])('looks at what else the transformer passes on: %j', (more, kind) => {
    const data = { ...cloudEvent.data, ...more };
    expect(eventsOf({ ...cloudEvent, data })[0].kind).toBe(kind);
  });
});
