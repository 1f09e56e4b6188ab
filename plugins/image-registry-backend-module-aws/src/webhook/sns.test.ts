import { WebhookRequest } from '@slipway/backstage-plugin-image-registry-node';
import { event, eventsOf, pushed, receive, topicArn } from '../__testUtils__';

describe('events of ECR through SNS', () => {
  const message = (fields: object) => ({
    Type: 'Notification',
    MessageId: '22b80b92',
    TopicArn: topicArn,
    Timestamp: '2026-11-20T10:00:01.000Z',
    ...fields,
  });
  const sns = { contentType: 'text/plain', settings: { topicArn } };

  it('reads the event in a message', () => {
    expect(receive(message({ Message: JSON.stringify(event()) }), sns)).toEqual(
      { format: 'ecr-sns', events: [pushed] },
    );
  });

  it.each([
    ['a text that somebody tries it with', 'Hello', 'test'],
    ['JSON of something else', '{"a":1}', 'other'],
  ])('records %s', (_name, text, kind) => {
    expect(eventsOf(message({ Message: text }), sns)).toEqual([{ kind }]);
  });

  const confirmation = (url: string) =>
    message({
      Type: 'SubscriptionConfirmation',
      Token: '2336412f37',
      SubscribeURL: url,
    });
  const good = `https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=2336412f37`;

  it('confirms the subscription of its topic', () => {
    expect(receive(confirmation(good), sns)).toMatchObject({
      format: 'ecr-sns',
      respond: { status: 200 },
      followUp: { url: good },
    });
  });

  it.each<[string, string, Partial<WebhookRequest>]>([
    ['without a known topic', good, { settings: undefined }],
    ['for another topic', good, { settings: { topicArn: 'arn:other' } }],
    ['at another host', good.replace('amazonaws.com', 'evil.example'), sns],
    ['by plain http', good.replace('https', 'http'), sns],
    ['at another path', good.replace('/?', '/elsewhere?'), sns],
    [
      'of another action',
      good.replace('ConfirmSubscription', 'DeleteTopic'),
      sns,
    ],
    ['of another topic in the URL', good.replace('ecr-pushes', 'other'), sns],
    ['without a URL', '', sns],
  ])('visits nothing %s', (_name, url, rest) => {
    const receipt = receive(confirmation(url), {
      contentType: 'text/plain',
      ...rest,
    });
    expect(receipt).toMatchObject({
      respond: {
        status: 200,
        body: expect.stringMatching(/^Not confirmed: /),
      },
    });
    expect(receipt).not.toHaveProperty('followUp');
  });

  it('records the end of a subscription', () => {
    expect(eventsOf(message({ Type: 'UnsubscribeConfirmation' }), sns)).toEqual(
      [{ kind: 'other' }],
    );
  });
});
