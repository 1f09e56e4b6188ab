import { RegistryHttpResponse } from '@slipway/backstage-plugin-image-registry-node';
import { toAlibabaError, toFailure } from './alibabaError';

function answered(status: number, body: object): RegistryHttpResponse {
  const text = JSON.stringify(body);
  return {
    status,
    url: 'https://cr.cn-hangzhou.aliyuncs.com/',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(text),
    json: <T>() => JSON.parse(text) as T,
  };
}

describe('what Alibaba Cloud quotes of a trigger', () => {
  const url = 'https://portal.example.com/webhooks/1/secret-of-the-hook';
  const call = {
    operation: 'make the trigger',
    permission: 'cr:CreateWebHook',
  };
  const keys = { accessKeyId: 'LTAI1', accessKeySecret: 'key-of-the-account' };
  const said = `${url} by key-of-the-account`;

  it.each([
    [
      'as a parameter',
      { Code: 'BadUrl', Message: said },
      { query: { TriggerUrl: url } },
    ],
    [
      'in the body',
      { Code: 'BadUrl', Message: said },
      { body: { Webhook: { WebhookUrl: url } } },
    ],
    ['without a code', { error: said }, { query: { TriggerUrl: url } }],
  ])('is repeated without its secrets: %s', (_name, body, sent) => {
    const response = answered(400, body);
    const failure = toFailure(response) ?? {};
    const error = toAlibabaError(failure, response, { ...call, ...sent }, keys);
    expect(error.message).toContain(
      '(https://portal.example.com/webhooks/1/[redacted] by [redacted])',
    );
  });
});
