import { createHmac } from 'node:crypto';
import { AccessKeys } from './signSdk';

/**
 * The login of the basic edition that does not end: it is made of the keys,
 * for one region.
 * https://support.huaweicloud.com/intl/en-us/usermanual-swr/swr_01_1000.html
 */
export function deriveLogin(
  { accessKey, secretKey }: AccessKeys,
  region: string,
): { username: string; password: string } {
  return {
    username: `${region}@${accessKey}`,
    password: createHmac('sha256', secretKey).update(accessKey).digest('hex'),
  };
}
