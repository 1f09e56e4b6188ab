import { createHash, createHmac } from 'node:crypto';
import { basic, WorldClient } from '../testing/worldClient';
import { VendorClock } from '../VendorClock';
import { startVendorWorld, VendorWorld } from '../VendorWorld';
import { ecrAccounts, ecrPlace } from './accounts';
import { SimulatedEcr } from './SimulatedEcr';

const { account, apiHost, host, publicApiHost, stsHost } = ecrPlace;
const { ended, portal, role, weak } = ecrAccounts;

interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

const sha256 = (text: string) =>
  createHash('sha256').update(text).digest('hex');

/** Signature Version 4, written once more from its description. */
function signed(
  to: string,
  body: string,
  keys: Keys,
  headers: Record<string, string>,
  at = new Date(),
): Record<string, string> {
  const time = at.toISOString().replace(/[-:]|\.\d+/g, '');
  const day = time.slice(0, 8);
  const all: Record<string, string> = {
    ...headers,
    'x-amz-date': time,
    ...(keys.sessionToken && { 'x-amz-security-token': keys.sessionToken }),
  };
  const names = [...Object.keys(all), 'host'].sort();
  const canonical = [
    'POST',
    '/',
    '',
    ...names.map(name => `${name}:${name === 'host' ? to : all[name]}`),
    '',
    names.join(';'),
    sha256(body),
  ].join('\n');
  const scope = `${day}/eu-west-1/ecr/aws4_request`;
  let key: string | Buffer = `AWS4${keys.secretAccessKey}`;
  for (const part of scope.split('/')) {
    key = createHmac('sha256', key).update(part).digest();
  }
  const signature = createHmac('sha256', key)
    .update(`AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`)
    .digest('hex');
  return {
    ...all,
    authorization: `AWS4-HMAC-SHA256 Credential=${
      keys.accessKeyId
    }/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  };
}

describe('SimulatedEcr', () => {
  const clock = new VendorClock();
  let world: VendorWorld;
  let client: WorldClient;

  beforeAll(async () => {
    world = await startVendorWorld({
      vendors: [SimulatedEcr.create({ clock })],
    });
    client = new WorldClient(world);
  });
  afterAll(async () => {
    await client.close();
    await world.stop();
  });

  function call(
    operation: string,
    input: object = {},
    keys: Keys = portal,
    { at, to = apiHost }: { at?: Date; to?: string } = {},
  ) {
    const body = JSON.stringify(input);
    return client.call(`https://${to}/`, {
      method: 'POST',
      body,
      headers: signed(
        to,
        body,
        keys,
        {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': `AmazonEC2ContainerRegistry_V20150921.${operation}`,
        },
        at,
      ),
    });
  }

  const login = async () => {
    const { json } = await call('GetAuthorizationToken');
    const [{ authorizationToken }] = (
      json as { authorizationData: { authorizationToken: string }[] }
    ).authorizationData;
    const [, password] = Buffer.from(authorizationToken, 'base64')
      .toString('utf8')
      .split(':');
    return basic('AWS', password);
  };

  it('hands out logins that end on the clock of the world', async () => {
    const headers = await login();
    const tags = () =>
      client.call(`https://${host}/v2/shop/web/tags/list`, { headers });
    expect((await tags()).status).toBe(200);
    clock.advance(13 * 3_600_000);
    expect((await tags()).status).toBe(401);
  });

  it.each<[string, Keys, Date | undefined, string]>([
    [
      'an unknown key',
      { ...portal, accessKeyId: 'AKIANOBODY' },
      undefined,
      'UnrecognizedClientException',
    ],
    [
      'a wrong secret',
      { ...portal, secretAccessKey: weak.secretAccessKey },
      undefined,
      'InvalidSignatureException',
    ],
    [
      'an old signature',
      portal,
      new Date(Date.now() - 3_600_000),
      'InvalidSignatureException',
    ],
    ['keys that have ended', ended, undefined, 'ExpiredTokenException'],
    [
      'temporary keys without their token',
      { ...ended, sessionToken: undefined },
      undefined,
      'UnrecognizedClientException',
    ],
    ['an account without rights', weak, undefined, 'AccessDeniedException'],
  ])('refuses %s', async (_name, keys, at, type) => {
    const answer = await call('DescribeRepositories', {}, keys, { at });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ __type: type });
  });

  it('refuses what is not signed, and what was changed after it', async () => {
    const unsigned = await client.call(`https://${apiHost}/`, {
      method: 'POST',
      headers: { 'x-amz-target': 'X.DescribeRepositories' },
    });
    expect(unsigned.json).toMatchObject({
      __type: 'MissingAuthenticationTokenException',
    });
    const headers = signed(apiHost, '{}', portal, {
      'x-amz-target': 'X.DescribeRepositories',
    });
    const changed = await client.call(`https://${apiHost}/`, {
      method: 'POST',
      headers,
      body: '{"maxResults":1}',
    });
    expect(changed.json).toMatchObject({
      __type: 'InvalidSignatureException',
    });
  });

  it('answers in pages', async () => {
    const input = { repositoryName: 'shop/nightly', maxResults: 1000 };
    const first = (await call('DescribeImages', input)).json as {
      imageDetails: unknown[];
      nextToken: string;
    };
    expect(first.imageDetails).toHaveLength(100);
    const { json } = await call('DescribeImages', {
      ...input,
      nextToken: first.nextToken,
    });
    expect((json as typeof first).imageDetails).toHaveLength(30);
    expect(json).not.toHaveProperty('nextToken');
  });

  it('tells sizes of what is no index', async () => {
    const { json } = await call('DescribeImages', {
      repositoryName: 'shop/web',
    });
    const [image] = (json as { imageDetails: object[] }).imageDetails;
    expect(image).toMatchObject({ imageTags: ['1.2', 'latest', 'v1.2.0'] });
    expect(image).not.toHaveProperty('imageSizeInBytes');
  });

  it.each([
    [
      'DescribeImages',
      { repositoryName: 'none' },
      'RepositoryNotFoundException',
    ],
    [
      'DescribeRepositories',
      { registryId: `${account}`.replace('1', '9') },
      'RegistryNotFoundException',
    ],
    ['DeleteRepository', {}, 'UnknownOperationException'],
  ])('answers %s of %j with %s', async (operation, input, type) => {
    expect((await call(operation, input)).json).toMatchObject({ __type: type });
  });

  it('knows the own repositories of ECR Public', async () => {
    const { json } = await call('DescribeRepositories', {}, portal, {
      to: publicApiHost,
    });
    expect(json).toMatchObject({
      repositories: expect.arrayContaining([
        expect.objectContaining({ repositoryUri: 'public.ecr.aws/acme/web' }),
      ]),
    });
  });

  it.each([
    [role.externalId, 200, /<SessionToken>/],
    ['wrong', 403, /<Code>AccessDenied<\/Code>/],
  ])('assumes the role with external ID %s: %s', async (id, status, text) => {
    const body = new URLSearchParams({
      Action: 'AssumeRole',
      RoleArn: role.roleArn,
      RoleSessionName: 'test',
      ExternalId: id,
    }).toString();
    const answer = await client.call(`https://${stsHost}/`, {
      method: 'POST',
      body,
      headers: signed(stsHost, body, portal, {}),
    });
    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(text);
  });
});
