import { CheckStep } from '@slipway/backstage-plugin-image-registry-common';
import { advise } from '../provider/advise';
import { RegistryError } from '../provider/RegistryError';
import { withVendorSteps } from './vendorCheck';

const signedIn: CheckStep[] = [
  { name: 'ping', ok: true, durationMs: 1 },
  { name: 'authenticate', ok: true, durationMs: 1 },
];

describe('withVendorSteps', () => {
  it('tries to pull what the list holds', async () => {
    const pulled: string[] = [];
    const steps = await withVendorSteps(signedIn, {
      list: async () => ({ message: '7 repositories', sample: 'team/app' }),
      pull: async repository => {
        pulled.push(repository);
      },
    });
    expect(steps).toMatchObject([
      ...signedIn,
      { name: 'list', ok: true, message: '7 repositories' },
      { name: 'pull', ok: true, message: 'team/app' },
    ]);
    expect(pulled).toEqual(['team/app']);
  });

  it('does nothing after a sign-in that failed', async () => {
    const list = jest.fn();
    const steps = await withVendorSteps(
      [signedIn[0], { ...signedIn[1], ok: false }],
      { list },
    );
    expect(steps.slice(2)).toMatchObject([
      { name: 'list', ok: false, skipped: true },
      { name: 'pull', ok: false, skipped: true },
    ]);
    expect(list).not.toHaveBeenCalled();
  });

  it('tells what is wrong with the list, and what to do', async () => {
    const steps = await withVendorSteps(signedIn, {
      list: async () => {
        throw new RegistryError('forbidden', 'It lacks the right', {
          hint: advise('give-list', 'Give it'),
        });
      },
    });
    expect(steps.slice(2)).toMatchObject([
      {
        name: 'list',
        ok: false,
        code: 'forbidden',
        message: 'It lacks the right',
        hint: 'Give it',
        remedy: { code: 'give-list', message: 'Give it' },
      },
      { name: 'pull', ok: false, skipped: true },
    ]);
  });

  it('does not call a registry broken that has no list', async () => {
    const steps = await withVendorSteps(signedIn, {
      list: async () => ({ skipped: true, message: 'Type them' }),
      pull: async () => {},
    });
    expect(steps.every(({ ok }) => ok)).toBe(true);
    expect(steps[3]).toMatchObject({
      skipped: true,
      message: 'There is no repository to try it with',
    });
  });

  it('does not hide an error of the portal', async () => {
    await expect(
      withVendorSteps(signedIn, {
        list: async () => {
          throw new TypeError('a bug');
        },
      }),
    ).rejects.toThrow('a bug');
  });
});
