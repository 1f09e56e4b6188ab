import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createFakeApi } from '../__testUtils__/createFakeApi';
import {
  createDiff,
  createRollout,
  createTarget,
  digestOf,
} from '../__testUtils__/fixtures';
import { renderTab } from '../__testUtils__/renderTab';

const link = '?deploy=company&repository=apps/web&reference=v1.3.0';
const path = 'spec.template.spec.containers[web].image';

async function findDialog() {
  return within(await screen.findByRole('dialog', { name: 'Deploy web' }));
}

describe('the preview of a deploy', () => {
  it('says whose field it takes, what they do next, and asks about GitOps', async () => {
    const undoneBy = {
      code: 'argo-cd-would-undo',
      message: 'Argo CD application web would undo this',
      params: { name: 'web' },
    };
    const owner = { manager: 'argocd-controller', title: 'Argo CD' };
    const target = createTarget({ owners: [owner], undoneBy });
    const createdRollout = jest.fn(async () => createRollout(target));
    await renderTab(
      createFakeApi({
        targets: [target],
        previewRollout: async () =>
          createDiff(target, {
            consented: false,
            undoneBy,
            conflicts: [owner],
            fieldConflicts: [{ path, owner: { ...owner, tool: 'argo-cd' } }],
          }),
        createRollout: createdRollout,
      }),
      { query: link },
    );
    const dialog = await findDialog();
    expect(
      await dialog.findByText(/Set by Argo CD\s*Its next sync sets it back/),
    ).toBeInTheDocument();
    expect(
      dialog.getByText('Argo CD application web would undo this'),
    ).toBeInTheDocument();
    await userEvent.click(
      dialog.getByRole('checkbox', {
        name: 'Deploy from the portal all the same',
      }),
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Deploy' }));
    expect(createdRollout).toHaveBeenCalledWith(
      expect.objectContaining({ consent: true }),
      expect.anything(),
    );
  });

  it('shows what the cluster refuses at its field, and does not deploy', async () => {
    const target = createTarget();
    const refused = { name: 'server' as const, ok: false };
    await renderTab(
      createFakeApi({
        targets: [target],
        previewRollout: async () =>
          createDiff(target, {
            changes: [],
            refusal: {
              message: 'Deployment is invalid',
              fields: [{ field: path, message: 'must not be latest' }],
            },
            checks: [
              {
                ...refused,
                reason: { code: 'refused-by-server', message: 'Refused' },
              },
            ],
          }),
      }),
      { query: link },
    );
    const dialog = await findDialog();
    expect(await dialog.findByText('must not be latest')).toBeInTheDocument();
    expect(dialog.getByText(path)).toBeInTheDocument();
    expect(dialog.getByRole('button', { name: 'Deploy' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
  });

  it('puts a pull secret where the pods lack one', async () => {
    const target = createTarget();
    const attachPullSecret = jest.fn();
    await renderTab(
      createFakeApi({
        targets: [target],
        previewRollout: async () =>
          createDiff(target, {
            checks: [
              {
                name: 'pull',
                ok: false,
                warning: true,
                fix: 'pull-secret',
                reason: { code: 'x', message: 'No secret' },
              },
            ],
          }),
        attachPullSecret,
      }),
      { query: link },
    );
    const dialog = await findDialog();
    await userEvent.click(await dialog.findByRole('button', { name: 'Fix…' }));
    const fix = within(
      await screen.findByRole('dialog', { name: 'Let these pods pull' }),
    );
    await userEvent.click(fix.getByRole('button', { name: 'Put it there' }));
    expect(attachPullSecret).toHaveBeenCalledWith(target.key, {
      entityRef: 'component:default/web',
      attach: 'service-account',
      image: { registryId: 'company', repository: 'apps/web' },
    });
  });

  it('takes a second container along', async () => {
    const target = createTarget();
    const sidecar = createTarget({
      ref: { container: 'migrate' },
      init: true,
      repository: 'apps/web',
    });
    const previewRollout = jest.fn(async () => createDiff(target));
    await renderTab(
      createFakeApi({ targets: [target, sidecar], previewRollout }),
      { query: `${link}&target=${encodeURIComponent(target.key)}` },
    );
    const dialog = await findDialog();
    await userEvent.click(
      await dialog.findByRole('button', { name: 'Also change migrate…' }),
    );
    const tags = await dialog.findByRole('table', { name: 'Tags of apps/web' });
    await userEvent.click(within(tags).getByText('v2.0.0-rc.1'));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Choose v2.0.0-rc.1' }),
    );
    expect(
      await dialog.findByRole('button', { name: 'Leave migrate as it is' }),
    ).toBeInTheDocument();
    expect(previewRollout).toHaveBeenLastCalledWith(
      expect.objectContaining({
        others: [
          {
            container: 'migrate',
            image: expect.objectContaining({ digest: digestOf('d') }),
          },
        ],
      }),
      expect.anything(),
    );
  });
});
