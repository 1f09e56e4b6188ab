import { RegistryHttpResponse } from '@slipway/backstage-plugin-image-registry-node';
import { toTencentError } from './tencentError';

function answered(status: number, body: object): RegistryHttpResponse {
  const text = JSON.stringify(body);
  return {
    status,
    url: 'https://tcr.tencentcloudapi.com/',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(text),
    json: <T>() => JSON.parse(text) as T,
  };
}

it('does not repeat the secret of a trigger that Tencent Cloud quotes', () => {
  const failure = {
    Code: 'InvalidParameter',
    Message: 'header Bearer secret-of-the-hook signed with key-of-the-account',
  };
  const error = toTencentError(
    failure,
    answered(200, { Response: { Error: failure } }),
    {
      action: 'CreateWebhookTrigger',
      operation: 'make the trigger',
      parameters: {
        Trigger: {
          Targets: [
            {
              Headers: [
                { Key: 'Authorization', Values: ['Bearer secret-of-the-hook'] },
              ],
            },
          ],
        },
      },
    },
    { secretId: 'AKID1', secretKey: 'key-of-the-account' },
  );
  expect(error.message).toContain('(header [redacted] signed with [redacted])');
});
