import { digest } from '../__testUtils__/fixtures';
import { readDraft } from './readDraft';
import { emptyDraft, emptyRows, WorkloadDraft } from './WorkloadDraft';

const sound = emptyDraft({
  image: { registryId: 'company', repository: 'apps/web', digest: digest('a') },
  name: 'web',
  owner: 'group:default/shop',
  cluster: 'eu',
  namespace: 'shop',
});

describe('readDraft', () => {
  it('makes the request of a whole form', () => {
    const { plan, problems } = readDraft({
      ...sound,
      replicas: '2',
      requests: { cpu: '100m', memory: '' },
      ports: [{ name: '', port: '8080', protocol: 'TCP' }],
      env: [
        { ...emptyRows.env(), name: 'MODE', value: 'fast' },
        {
          ...emptyRows.env(),
          name: 'TOKEN',
          from: 'secret',
          secretName: 'web',
          secretKey: 'token',
        },
      ],
      readiness: { ...sound.readiness, type: 'http', port: '8080' },
      volumes: [
        {
          ...emptyRows.volume(),
          name: 'data',
          mountPath: '/data',
          claim: 'web',
        },
      ],
      service: true,
      arguments: '--fast\n--port=8080',
      pullSecrets: 'one, two',
    });
    expect(problems).toEqual([]);
    expect(plan).toMatchObject({
      replicas: 2,
      requests: { cpu: '100m' },
      ports: [{ port: 8080, protocol: 'TCP' }],
      env: [
        { name: 'MODE', value: 'fast' },
        { name: 'TOKEN', secret: { name: 'web', key: 'token' } },
      ],
      readiness: { check: { type: 'http', path: '/', port: 8080 } },
      volumes: [{ claim: 'web', create: { size: '1Gi' } }],
      arguments: ['--fast', '--port=8080'],
      pullSecrets: ['one', 'two'],
    });
    expect(plan).not.toHaveProperty('component');
  });

  it.each<[string, Partial<WorkloadDraft>, string, string]>([
    ['no image', { image: undefined }, 'image', 'value-required'],
    ['no owner', { owner: '' }, 'owner', 'value-required'],
    ['half an owner', { owner: 'shop' }, 'owner', 'reference-incomplete'],
    ['no place', { cluster: '' }, 'place.cluster', 'value-required'],
    ['a name', { name: 'Web_1' }, 'name', 'name-no-label'],
    ['replicas', { replicas: '1001' }, 'replicas', 'number-out-of-range'],
    ['half a replica', { replicas: '1.5' }, 'replicas', 'number-out-of-range'],
    [
      'a quantity',
      { requests: { cpu: '1 core', memory: '' } },
      'requests.cpu',
      'quantity-invalid',
    ],
    [
      'a port that is no number',
      { ports: [{ ...emptyRows.port(), port: 'http' }] },
      'ports.0.port',
      'port-out-of-range',
    ],
    [
      'an empty port',
      { ports: [emptyRows.port()] },
      'ports.0.port',
      'value-required',
    ],
    [
      'a variable',
      { env: [{ ...emptyRows.env(), name: 'A=B' }] },
      'env.0.name',
      'env-name-invalid',
    ],
    [
      'a probe without a command',
      { startup: { ...sound.startup, type: 'command' } },
      'startup.check.command',
      'value-required',
    ],
    [
      'seconds of a probe',
      {
        liveness: { ...sound.liveness, type: 'tcp', port: '1', period: '0' },
      },
      'liveness.period',
      'number-out-of-range',
    ],
  ])('refuses %s at its field', (_, change, path, code) => {
    const { plan, problems } = readDraft({ ...sound, ...change });
    expect(plan).toBeUndefined();
    expect(problems).toEqual([
      { path, reason: expect.objectContaining({ code }) },
    ]);
  });
});
