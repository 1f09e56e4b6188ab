import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectionTo } from '@slipway/provider-tests';
import {
  ecrAccounts,
  ecrPlace,
  SimulatedEcr,
  startVendorWorld,
  VendorWorld,
} from '@slipway/sandbox';
import { createEcrProvider } from '../createEcrProvider';

const { portal, role } = ecrAccounts;

describe("the backend's own identity", () => {
  const before = { ...process.env };
  let world: VendorWorld;
  let folder: string;

  beforeAll(async () => {
    world = await startVendorWorld({ vendors: [SimulatedEcr.create()] });
    folder = await mkdtemp(join(tmpdir(), 'aws-'));
    await writeFile(
      join(folder, 'credentials'),
      [
        '[portal]',
        `aws_access_key_id = ${portal.accessKeyId}`,
        `aws_secret_access_key = ${portal.secretAccessKey}`,
        '',
      ].join('\n'),
    );
  });
  beforeEach(() => {
    process.env = {
      ...Object.fromEntries(
        Object.entries(before).filter(([name]) => !name.startsWith('AWS_')),
      ),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_EC2_METADATA_DISABLED: 'true',
    };
  });
  afterEach(() => {
    process.env = before;
    world.requests.clear();
  });
  afterAll(async () => {
    await world.stop();
    await rm(folder, { recursive: true });
  });

  const provider = createEcrProvider({ ambientIdentity: true });
  const connect = (options: Record<string, string>) =>
    provider.connect(connectionTo(provider, ecrPlace.host, world, { options }));

  it('is a profile', async () => {
    const client = connect({ signIn: 'profile', profile: 'portal' });
    expect((await client.listRepositories({})).items).toHaveLength(4);
  });

  it('says that there is no such profile', async () => {
    await expect(
      connect({ signIn: 'profile', profile: 'nobody' }).listRepositories({}),
    ).rejects.toMatchObject({
      code: 'unauthenticated',
      message: expect.stringContaining('no AWS identity was found'),
    });
  });

  it('is what the environment holds, and may assume a role', async () => {
    process.env.AWS_ACCESS_KEY_ID = portal.accessKeyId;
    process.env.AWS_SECRET_ACCESS_KEY = portal.secretAccessKey;
    const client = connect({
      signIn: 'ambient',
      roleArn: role.roleArn,
      externalId: role.externalId,
    });
    expect((await client.listRepositories({})).items).toHaveLength(4);
    expect(world.requests.list(ecrPlace.stsHost)).toHaveLength(1);
  });

  it('says that there is none', async () => {
    await expect(
      connect({ signIn: 'ambient' }).listRepositories({}),
    ).rejects.toMatchObject({
      code: 'unauthenticated',
      message: expect.stringMatching(
        /^Amazon ECR: could not list the repositories: no AWS identity was found/,
      ),
      hint: expect.stringContaining('instance profile'),
    });
  });
});
