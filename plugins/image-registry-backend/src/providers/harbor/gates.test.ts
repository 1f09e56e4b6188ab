import { RegistryClient } from '@slipway/backstage-plugin-image-registry-node';
import { failureOf } from '@slipway/provider-tests';
import { harborAccounts } from '@slipway/sandbox';
import { HarborWorld, loginOf } from './__testUtils__/harborWorld';

const { robot, systemRobot } = harborAccounts;

const bench = HarborWorld.create();

describe('gates on Harbor', () => {
  const digestOf = async (client: RegistryClient, image: string) => {
    const [repository, tag] = image.split(':');
    return (await client.resolve(repository, tag)).digest;
  };

  it.each([
    ['acme/web:v1.2.0', { status: 'finished' }],
    ['acme/web:v1.1.0', { status: 'pending' }],
    ['acme/web:v1.0.0', { status: 'finished', severity: 'critical' }],
    ['acme/api:2.0.0', { status: 'failed' }],
    ['acme/nightly:build-0001', { status: 'not-scanned' }],
    ['acme/chart:0.3.1', { status: 'unsupported' }],
    ['acme/backend/worker:1.0.0', { status: 'not-scanned' }],
  ])('reads the scan of %s', async (image, expected) => {
    const client = await bench.start();
    const digest = await digestOf(client, image);
    const [repository] = image.split(':');
    expect(await client.scanReport(repository, digest)).toMatchObject(expected);
  });

  it.each([
    ['Pending', 'pending'],
    ['Scheduled', 'pending'],
    ['Running', 'pending'],
    ['Stopped', 'not-scanned'],
    ['Error', 'failed'],
  ] as const)('takes a scan that is %s for %s', async (status, expected) => {
    const client = await bench.start();
    bench.harbor.setScan('acme/api:2.0.0', { status });
    const digest = await digestOf(client, 'acme/api:2.0.0');
    expect(await client.scanReport('acme/api', digest)).toEqual({
      status: expected,
      scanner: 'Trivy v0.57.1',
    });
  });

  it('says that there is no such digest', async () => {
    const client = await bench.start();
    const none = `sha256:${'0'.repeat(64)}`;
    expect(await failureOf(client.scanReport('acme/web', none))).toMatchObject({
      code: 'not-found',
      message: expect.stringContaining(`read the scan of acme/web@${none}`),
    });
  });

  it.each([
    ['acme/web:v1.2.0', ['cosign']],
    ['acme/web:v1.1.0', []],
  ])('reads the signatures of %s', async (image, expected) => {
    const client = await bench.start();
    const digest = await digestOf(client, image);
    expect(await client.signatures('acme/web', digest)).toEqual(expected);
  });

  it('knows a bundle of cosign 3 that Harbor does not', async () => {
    const client = await bench.start();
    bench.harbor.sign('acme/api:2.0.0', 'bundle');
    const digest = await digestOf(client, 'acme/api:2.0.0');
    expect(await client.signatures('acme/api', digest)).toEqual(['cosign']);
  });

  it('finds no signatures where Harbor is too old to tell of them', async () => {
    const client = await bench.start(undefined, { version: '2.4' });
    const digest = await digestOf(client, 'acme/web:v1.2.0');
    expect(await client.signatures('acme/web', digest)).toEqual([]);
    expect((await client.listTags('acme/web', {})).items).toHaveLength(5);
  });

  it('says that an older Harbor has another API', async () => {
    const client = await bench.start(undefined, { version: '1.10' });
    expect(await failureOf(client.listNamespaces({}))).toMatchObject({
      code: 'unsupported',
      hint: expect.stringContaining('Docker Registry'),
    });
  });
});

describe('images that a project of Harbor holds back', () => {
  const start = async () => {
    const client = await bench.start();
    bench.harbor.state.project('acme')!.preventsVulnerable = true;
    return client;
  };

  it('are resolved all the same, so that their scan can be waited for', async () => {
    const client = await start();
    const { digest, mediaType } = await client.resolve('acme/web', 'v1.1.0');
    expect(mediaType).toBe('application/vnd.oci.image.index.v1+json');
    expect(await client.scanReport('acme/web', digest)).toMatchObject({
      status: 'pending',
    });
    bench.harbor.setScan('acme/web:v1.1.0', { status: 'Success' });
    expect(await client.resolve('acme/web', 'v1.1.0')).toMatchObject({
      digest,
    });
  });

  it('are not inspected, and the project is named', async () => {
    const client = await start();
    const error = await failureOf(client.inspect('acme/web', 'v1.1.0'));
    expect(error).toMatchObject({
      status: 412,
      transient: true,
      message: expect.stringContaining('project acme holds the image back'),
      hint: expect.stringContaining('Projects › acme › Configuration'),
    });
  });

  it('need not exist for that', async () => {
    const client = await start();
    const error = await failureOf(client.resolve('acme/web', 'none'));
    expect(error.code).toBe('not-found');
  });
});

describe('quota of Harbor', () => {
  it('is that of the project', async () => {
    const client = await bench.start({
      credentials: loginOf(robot),
      namespace: 'acme',
    });
    expect(await client.quota()).toEqual([
      { place: 'acme', used: 734_003_200, limit: 10_737_418_240 },
    ]);
  });

  it('is that of all projects, of which some have no limit', async () => {
    const client = await bench.start({ credentials: loginOf(systemRobot) });
    expect(await client.quota()).toEqual([
      { place: 'acme', used: 734_003_200, limit: 10_737_418_240 },
      { place: 'opensource', used: 52_428_800 },
    ]);
  });

  it('is not known to who may not read it', async () => {
    const client = await bench.start({ credentials: loginOf(robot) });
    expect(await failureOf(client.quota())).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('"Quota: List" over the whole system'),
    });
  });
});
