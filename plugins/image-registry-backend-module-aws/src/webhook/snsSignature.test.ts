import { AuthenticationError } from '@backstage/errors';
import {
  RegistryError,
  WebhookKeySource,
} from '@slipway/backstage-plugin-image-registry-node';
import { webhookRequest } from '@slipway/provider-tests';
import { SnsTopic, startSnsTopic } from '../__testUtils__';
import { isSnsUrl, snsSignature } from './snsSignature';

const confirmation = {
  Type: 'SubscriptionConfirmation',
  Token: '2336412f37fb687f5d51e6e241d0',
  Message: 'You have chosen to subscribe to the topic',
  SubscribeURL:
    'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription',
};

/** Serves the certificate of a topic, and remembers what was read. */
function keysOf(topic: SnsTopic): WebhookKeySource & { read: jest.Mock } {
  return {
    read: jest.fn(async url => {
      if (url !== topic.certificateUrl) {
        throw new RegistryError('not-found', `nothing is served at ${url}`);
      }
      return topic.certificate;
    }),
  };
}

describe('the signature of Amazon SNS', () => {
  let topic: SnsTopic;
  let keys: ReturnType<typeof keysOf>;

  beforeAll(async () => {
    topic = await startSnsTopic();
  });
  beforeEach(() => {
    keys = keysOf(topic);
  });

  const verify = (
    message: Record<string, string>,
    {
      source = keys as WebhookKeySource,
      headers = {},
    }: { source?: WebhookKeySource; headers?: Record<string, string> } = {},
  ) =>
    snsSignature.verify(
      webhookRequest(message, { headers, contentType: 'text/plain' }),
      { topicArn: topic.arn },
      source,
    );

  it.each<['1' | '2']>([['1'], ['2']])(
    'is verified in version %s',
    async version => {
      const other = await startSnsTopic(version);
      const source = keysOf(other);
      await verify(other.sign({ Message: 'one', Subject: 'two' }), { source });
      await verify(other.sign({ Message: 'without a subject' }), { source });
      await verify(other.sign(confirmation), { source });
      expect(source.read).toHaveBeenCalledTimes(3);
    },
  );

  it.each<[string, (signed: Record<string, string>) => object, RegExp]>([
    ['a changed message', () => ({ Message: 'other' }), /does not match/],
    ['a subject that was added', () => ({ Subject: 'x' }), /does not match/],
    [
      'a changed type',
      () => ({ Type: 'Gossip' }),
      /none that Amazon SNS signs/,
    ],
    ['a type of the prototype', () => ({ Type: 'toString' }), /none that/],
    ['no signature', () => ({ Signature: '' }), /does not match/],
    ['another version', () => ({ SignatureVersion: '3' }), /neither 1 nor 2/],
    [
      'another version than it was signed in',
      () => ({ SignatureVersion: '1' }),
      /does not match/,
    ],
    [
      'another topic',
      ({ TopicArn }) => ({ TopicArn: `${TopicArn}-2` }),
      /is of arn:aws:sns:eu-west-1:123456789012:ecr-pushes-2, and not of/,
    ],
    ['no topic', () => ({ TopicArn: '' }), /names no topic/],
    [
      'a certificate of somebody else',
      () => ({ SigningCertURL: 'https://sns.evil.example/a.pem' }),
      /SigningCertURL is not one of Amazon SNS/,
    ],
    [
      'a certificate of a bucket at AWS',
      () => ({
        SigningCertURL: 'https://sns.s3.eu-west-1.amazonaws.com/a.pem',
      }),
      /SigningCertURL is not one/,
    ],
    [
      'a certificate by plain http',
      ({ SigningCertURL }) => ({
        SigningCertURL: SigningCertURL.replace('https', 'http'),
      }),
      /SigningCertURL is not one/,
    ],
    [
      'what is no certificate file',
      () => ({ SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/?a=.pem' }),
      /SigningCertURL is not one/,
    ],
  ])('refuses %s', async (_name, change, reason) => {
    const signed = topic.sign({ Message: 'one' });
    const refusal = verify({ ...signed, ...change(signed) });
    await expect(refusal).rejects.toThrow(reason);
    await expect(refusal).rejects.toBeInstanceOf(AuthenticationError);
  });

  it('reads nothing for another topic', async () => {
    await expect(
      verify({ ...topic.sign({ Message: 'one' }), TopicArn: 'arn:other' }),
    ).rejects.toThrow(AuthenticationError);
    expect(keys.read).not.toHaveBeenCalled();
  });

  it('refuses a certificate that is not valid now', async () => {
    const late = await startSnsTopic('2', [-10, -1]);
    await expect(
      verify(late.sign({ Message: 'one' }), { source: keysOf(late) }),
    ).rejects.toThrow(/not valid now/);
  });

  it('refuses what is no certificate', async () => {
    await expect(
      verify(topic.sign({ Message: 'one' }), {
        source: { read: async () => '<html>' },
      }),
    ).rejects.toThrow(/no certificate/);
  });

  it('says why raw messages cannot be verified', async () => {
    await expect(
      verify(
        { 'detail-type': 'ECR Image Action' },
        { headers: { 'x-amz-sns-rawdelivery': 'true' } },
      ),
    ).rejects.toThrow(/raw message delivery off/);
  });

  it('leaves it to the caller that the certificate cannot be read', async () => {
    const error = new RegistryError('timeout', 'not now');
    await expect(
      verify(topic.sign({ Message: 'one' }), {
        source: { read: () => Promise.reject(error) },
      }),
    ).rejects.toBe(error);
  });

  it.each([
    ['https://sns.eu-west-1.amazonaws.com/', true],
    ['https://sns.cn-north-1.amazonaws.com.cn/', true],
    ['https://sns.us-gov-west-1.amazonaws.com/', true],
    ['https://sns.ap-southeast-10.amazonaws.com/', true],
    ['https://sns.s3-eu-west-1.amazonaws.com/', false],
    ['https://sns.s3-website-us-east-1.amazonaws.com/', false],
    ['https://sns.s3-accelerate.amazonaws.com/', false],
    ['https://sns.execute-api.amazonaws.com/', false],
    ['https://sns.eu-west-1.amazonaws.com.evil.example/', false],
    ['https://evil.example/sns.eu-west-1.amazonaws.com/', false],
    ['https://sns.eu-west-1.amazonaws.com:8443/', false],
    ['https://a@sns.eu-west-1.amazonaws.com/', false],
    ['http://sns.eu-west-1.amazonaws.com/', false],
    ['not a URL', false],
  ])('takes %s for one of SNS: %s', (url, expected) => {
    expect(isSnsUrl(url)).toBe(expected);
  });
});
