import { ExpectedEvent, VendorPayloads } from './VendorPayloads';

const digest = `sha256:${'f6'.repeat(32)}`;
const account = '123456789012';
const region = 'eu-west-1';
const topicArn = `arn:aws:sns:${region}:${account}:ecr-pushes`;
const image = { repository: 'shop/web', digest };

const event = (type: string, detail: object, resources: string[] = []) => ({
  version: '0',
  id: '13cde686-0000-4000-8000-000000000001',
  'detail-type': type,
  source: 'aws.ecr',
  account,
  time: '2026-11-17T10:00:00Z',
  region,
  resources,
  detail,
});
const arn = `arn:aws:ecr:${region}:${account}:repository/shop/web`;

const acted = (action: string, more: object = {}) => ({
  result: 'SUCCESS',
  'repository-name': 'shop/web',
  'image-digest': digest,
  'action-type': action,
  ...more,
});
const stored = (storage: string, types: [string, string], more?: object) =>
  acted('UPDATE_STORAGE_CLASS', {
    'target-storage-class': storage,
    'manifest-media-type': types[0],
    'artifact-media-type': types[1],
    ...more,
  });

const oci: [string, string] = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.config.v1+json',
];
const bill: [string, string] = [
  'application/vnd.cncf.oras.artifact.manifest.v1+json',
  'text/sbom+json',
];
const activated = { 'last-activated-at': '2026-11-16T19:13:02.74Z' };

/** Only the URL can carry the secret; SNS sends JSON as plain text. */
const sns = (type: string, fields: object) => ({
  proof: { in: 'url' } as const,
  contentType: 'text/plain; charset=UTF-8',
  headers: {
    'x-amz-sns-message-type': type,
    'x-amz-sns-topic-arn': topicArn,
    'user-agent': 'Amazon Simple Notification Service Agent',
  },
  body: {
    Type: type,
    MessageId: '22b80b92-0000-4000-8000-000000000001',
    TopicArn: topicArn,
    Timestamp: '2026-11-17T10:00:01.000Z',
    SignatureVersion: '1',
    // Not verified: the endpoint knows no topic, so only the secret counts.
    Signature: 'bm90IHZlcmlmaWVk',
    SigningCertURL: `https://sns.${region}.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem`,
    ...fields,
  },
});

const push: ExpectedEvent = { kind: 'push', ...image, tag: 'v1.3.0' };
const other: ExpectedEvent = { kind: 'other', ...image };

/**
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
 */
export const amazonEcr: VendorPayloads = {
  registry: {
    provider: 'amazon-ecr',
    address: `https://${account}.dkr.ecr.${region}.amazonaws.com`,
    options: { signIn: 'keys' },
    credentials: {
      accessKeyId: 'AKIAEXAMPLEEXAMPLE00',
      secretAccessKey: 'not-the-key-of-an-account',
    },
  },
  proof: { in: 'header', name: 'x-api-key' },
  payloads: {
    'ecr-push': {
      body: event('ECR Image Action', acted('PUSH', { 'image-tag': 'v1.3.0' })),
      events: [push],
    },
    'ecr-delete': {
      body: event(
        'ECR Image Action',
        acted('DELETE', { 'image-tag': 'v1.3.0' }),
      ),
      events: [{ ...push, kind: 'delete' }],
    },
    'ecr-image-archive': {
      body: event('ECR Image Action', stored('ARCHIVE', oci)),
      events: [other],
    },
    'ecr-image-restore': {
      body: event('ECR Image Action', stored('STANDARD', oci, activated)),
      events: [other],
    },
    'ecr-referrer-restore': {
      body: event('ECR Referrer Action', stored('STANDARD', bill, activated)),
      events: [other],
    },
    'ecr-replication-failed': {
      body: event(
        'ECR Replication Action',
        {
          result: 'FAILED',
          'repository-name': 'shop/web',
          // As in the documentation, it is none.
          'image-digest': 'sha256:8g6c',
          'source-account': account,
          'action-type': 'REPLICATE',
          'source-region': 'us-west-2',
          'image-tag': 'v1.3.0',
        },
        [arn],
      ),
      events: [{ kind: 'other', repository: 'shop/web', tag: 'v1.3.0' }],
    },
    'ecr-scan-basic-completed': {
      body: event(
        'ECR Image Scan',
        {
          'scan-status': 'COMPLETE',
          'repository-name': 'shop/web',
          'finding-severity-counts': { HIGH: 2, LOW: 5 },
          'image-digest': digest,
          'image-tags': [],
        },
        [arn],
      ),
      events: [{ kind: 'scan', ...image }],
    },
    'ecr-scan-resource-change': {
      body: event('ECR Scan Resource Change', {
        'action-type': 'SCAN_FREQUENCY_CHANGE',
        repositories: ['shop/web', 'shop/api'].map(name => ({
          'repository-name': name,
          'repository-arn': `arn:aws:ecr:${region}:${account}:repository/${name}`,
          'scan-frequency': 'CONTINUOUS_SCAN',
          'previous-scan-frequency': 'MANUAL',
        })),
        'resource-type': 'REPOSITORY',
        'scan-type': 'ENHANCED',
      }),
      events: ['shop/web', 'shop/api'].map(repository => ({
        kind: 'other',
        repository,
      })),
    },
    'cloudevents-ecr-push': {
      body: {
        specversion: '1.0',
        id: 'ecr-4711',
        type: 'com.amazon.ecr.image.push',
        source: `urn:aws:ecr:${region}:${account}:repository/shop/web`,
        subject: 'shop/web:v1.3.0',
        time: '2026-11-17T10:00:00Z',
        datacontenttype: 'application/json',
        data: {
          repositoryName: 'shop/web',
          imageDigest: digest,
          imageTag: 'v1.3.0',
          registryId: account,
        },
      },
      events: [push],
    },
    'sns-notification': {
      ...sns('Notification', {
        Subject: 'A first message',
        Message: 'Somebody tries the topic.',
        UnsubscribeURL: `https://sns.${region}.amazonaws.com/?Action=Unsubscribe`,
      }),
      events: [{ kind: 'test' }],
    },
    'sns-subscription-confirmation': {
      ...sns('SubscriptionConfirmation', {
        Token: '0123456789abcdef',
        Message: 'You have chosen to subscribe to the topic.',
        SubscribeURL: `https://sns.${region}.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=0123456789abcdef`,
      }),
      events: [],
      answer: {
        status: 200,
        body: 'Not confirmed: this endpoint does not know the topic. Enter its ARN at the endpoint, then request the confirmation again.',
      },
    },
  },
};
