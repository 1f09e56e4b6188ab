import { deriveLogin } from './deriveLogin';

describe('deriveLogin', () => {
  it('derives what openssl derives by the command of the user guide', () => {
    // printf "$AK" | openssl dgst -binary -sha256 -hmac "$SK" | od -An -vtx1
    expect(
      deriveLogin(
        { accessKey: 'AKIAEXAMPLE0000000001', secretKey: 'secret-of-example' },
        'cn-north-4',
      ),
    ).toEqual({
      username: 'cn-north-4@AKIAEXAMPLE0000000001',
      password:
        'cba597b9fe1ca4c572e037ac9f95228fa4136baa4b8604bc2b4f8d2861ca4508',
    });
  });
});
