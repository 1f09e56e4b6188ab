import {
  RegistryClient,
  RegistryError,
} from '@slipway/backstage-plugin-image-registry-node';
import { readFindings } from './readFindings';

const digest = `sha256:${'1'.repeat(64)}`;
const platformDigest = `sha256:${'2'.repeat(64)}`;
const web = { repository: 'apps/shop/web', digest, platformDigest };

const read = (client: Partial<RegistryClient>) =>
  readFindings(client as RegistryClient, web);

describe('what a registry knows of an image', () => {
  it('is nothing where it offers nothing', async () => {
    expect(await read({})).toEqual({ problems: [] });
  });

  it('is its scan, its signatures and the room of its innermost place', async () => {
    expect(
      await read({
        scanReport: async () => ({ status: 'finished', severity: 'high' }),
        signatures: async () => [],
        quota: async () => [
          { place: 'app', used: 1 },
          { place: 'apps', used: 2, limit: 10 },
          { place: 'apps/shop', used: 3 },
        ],
      }),
    ).toEqual({
      scan: { status: 'finished', severity: 'high' },
      signatures: [],
      quota: { place: 'apps/shop', used: 3 },
      problems: [],
    });
  });

  it.each(['not-scanned', 'unsupported', 'failed'] as const)(
    'asks for a platform where the index is %s',
    async status => {
      const { scan } = await read({
        scanReport: async (_repository, asked) =>
          asked === digest ? { status } : { status: 'finished' },
      });
      expect(scan).toEqual({ status: 'finished' });
    },
  );

  it('keeps what was told when something else fails, and says what', async () => {
    const failing = (code: 'forbidden' | 'unsupported') => async () => {
      throw new RegistryError(code, `Harbor: ${code}`);
    };
    expect(
      await read({
        scanReport: failing('unsupported'),
        signatures: async () => ['cosign'],
        quota: failing('forbidden'),
      }),
    ).toEqual({
      signatures: ['cosign'],
      problems: ['Harbor: forbidden'],
      reasons: [expect.objectContaining({ code: 'registry-right-missing' })],
    });
  });

  it('hides no fault of our own', async () => {
    const fault = new TypeError('ours');
    await expect(
      read({
        signatures: async () => {
          throw fault;
        },
      }),
    ).rejects.toBe(fault);
  });
});
