import { textAnswer, VendorAnswer } from '../VendorAnswer';
import { formBodyOf, VendorRequest } from '../VendorRequest';
import { ecrAccounts } from './accounts';
import { Identities } from './Identities';
import { verifySignature } from './signature';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** How STS names what the JSON services name otherwise. */
const codes: Readonly<Record<string, string>> = {
  UnrecognizedClientException: 'InvalidClientTokenId',
  InvalidSignatureException: 'SignatureDoesNotMatch',
  ExpiredTokenException: 'ExpiredToken',
};

/** AssumeRole of the API reference of AWS STS, version 2011-06-15. */
export function answerSts(
  request: VendorRequest,
  identities: Identities,
): VendorAnswer {
  const form = formBodyOf(request);
  const caller = verifySignature(request, identities);
  if ('type' in caller) {
    return refusal(codes[caller.type] ?? caller.type, caller.message);
  }
  const { externalId, roleArn } = ecrAccounts.role;
  const wanted = form.get('RoleArn');
  if (
    form.get('Action') !== 'AssumeRole' ||
    !caller.mayAssume ||
    wanted !== roleArn ||
    form.get('ExternalId') !== externalId
  ) {
    return refusal(
      'AccessDenied',
      `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${wanted}`,
    );
  }
  const session = identities.assumeRole(form.get('RoleSessionName') ?? '');
  return xml(
    200,
    `<AssumeRoleResponse xmlns="${NAMESPACE}"><AssumeRoleResult><Credentials><AccessKeyId>${
      session.accessKeyId
    }</AccessKeyId><SecretAccessKey>${
      session.secretAccessKey
    }</SecretAccessKey><SessionToken>${
      session.sessionToken
    }</SessionToken><Expiration>${new Date(
      session.expiresAt ?? 0,
    ).toISOString()}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
  );
}

function refusal(code: string, message: string): VendorAnswer {
  return xml(
    403,
    `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>sandbox</RequestId></ErrorResponse>`,
  );
}

function xml(status: number, text: string): VendorAnswer {
  return textAnswer(text, {
    status,
    headers: { 'Content-Type': 'text/xml' },
  });
}
