import { RegistryHttpResponse } from '@slipway/backstage-plugin-image-registry-node';
import { triggerOf } from '../editions/trigger';
import { toFailure, toHuaweiError } from './huaweiError';

function answered(status: number, body: object): RegistryHttpResponse {
  const text = JSON.stringify(body);
  return {
    status,
    url: 'https://swr-api.cn-north-4.myhuaweicloud.com/',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(text),
    json: <T>() => JSON.parse(text) as T,
  };
}

describe('what Huawei Cloud quotes of a trigger', () => {
  const call = {
    operation: 'make the trigger',
    permission: 'swr:repository:createWebhook',
    body: triggerOf({
      name: 'portal',
      url: 'https://portal.example.com/webhooks/1',
      secret: 'secret-of-the-hook',
    }),
  };
  const keys = { accessKey: 'AK1', secretKey: 'key-of-the-account' };

  it.each([
    [
      'with a code',
      {
        error_code: 'SVCSTG.SWR.4000001',
        error_msg: 'secret-of-the-hook, key-of-the-account',
      },
    ],
    ['without', { message: 'secret-of-the-hook, key-of-the-account' }],
  ])('is repeated without its secrets, %s', (_name, body) => {
    const response = answered(400, body);
    const error = toHuaweiError(toFailure(response), response, call, keys);
    expect(error.message).toContain('([redacted], [redacted])');
  });
});
