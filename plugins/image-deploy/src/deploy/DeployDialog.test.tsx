import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createFakeApi } from '../__testUtils__/createFakeApi';
import {
  createDiff,
  createMovedTag,
  createRollout,
  createTarget,
  digestOf,
  entityRef,
} from '../__testUtils__/fixtures';
import { renderTab } from '../__testUtils__/renderTab';

const link = '?deploy=company&repository=apps/web&reference=v1.3.0';

async function findDialog() {
  return within(await screen.findByRole('dialog', { name: 'Deploy web' }));
}

describe('Deploy…', () => {
  it('opens by a link with its image, shows the diff, and deploys', async () => {
    const target = createTarget();
    const createdRollout = jest.fn(async () => createRollout(target));
    await renderTab(
      createFakeApi({ targets: [target], createRollout: createdRollout }),
      { query: link },
    );
    const dialog = await findDialog();
    expect(
      await dialog.findByText('Image: The image exists in company'),
    ).toBeInTheDocument();
    expect(
      dialog.getByText('spec.template.spec.containers[web].image'),
    ).toBeInTheDocument();
    expect(dialog.getByText(target.image)).toBeInTheDocument();
    expect(
      dialog.getByText(`registry.example.com/apps/web:v1.3.0@${digestOf('c')}`),
    ).toBeInTheDocument();
    expect(dialog.getByText('Set by backstage-image-registry')).toBeVisible();

    await userEvent.type(
      dialog.getByRole('textbox', { name: 'Reason (optional)' }),
      'new banner',
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Deploy' }));
    expect(createdRollout).toHaveBeenCalledWith(
      {
        entityRef,
        target: target.ref,
        image: {
          registryId: 'company',
          repository: 'apps/web',
          tag: 'v1.3.0',
          digest: digestOf('c'),
        },
        reason: 'new banner',
      },
      { idempotencyKey: expect.stringMatching(/^[0-9a-f]{32}$/) },
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });

  it('asks for consent where others manage the image', async () => {
    const target = createTarget({ owners: [{ manager: 'helm' }] });
    const createdRollout = jest.fn(async () => createRollout(target));
    await renderTab(
      createFakeApi({
        targets: [target],
        previewRollout: async () =>
          createDiff(target, {
            consented: false,
            conflicts: [{ manager: 'helm', operation: 'Update' }],
          }),
        createRollout: createdRollout,
      }),
      { query: link },
    );
    const dialog = await findDialog();
    const consent = await dialog.findByRole('checkbox', {
      name: 'Manage this image from the portal',
    });
    expect(dialog.getByText('Set by helm')).toBeInTheDocument();
    await userEvent.click(dialog.getByRole('button', { name: 'Deploy' }));
    expect(createdRollout).not.toHaveBeenCalled();

    await userEvent.click(consent);
    await userEvent.click(dialog.getByRole('button', { name: 'Deploy' }));
    expect(createdRollout).toHaveBeenCalledWith(
      expect.objectContaining({ consent: true }),
      expect.anything(),
    );
  });

  it('shows both digests of a tag that moved, and waits for a yes', async () => {
    const target = createTarget();
    const createdRollout = jest.fn(async () => createRollout(target));
    const previewRollout = jest.fn(async () =>
      createDiff(target, {
        checks: [createMovedTag(digestOf('c'), digestOf('e'))],
      }),
    );
    await renderTab(
      createFakeApi({
        targets: [target],
        previewRollout,
        createRollout: createdRollout,
      }),
      { query: `${link}&digest=${digestOf('c')}` },
    );
    const dialog = await findDialog();
    const yes = await dialog.findByRole('checkbox', {
      name: 'Yes, deploy the digest that I chose',
    });
    expect(dialog.getByText('sha256:eeeeeeee…')).toBeInTheDocument();
    expect(
      dialog.getByRole('button', { name: 'Deploy' }),
    ).toHaveAccessibleDescription(/The tag was moved/);
    await userEvent.click(yes);
    await userEvent.click(dialog.getByRole('button', { name: 'Deploy' }));
    expect(createdRollout).toHaveBeenCalledWith(
      expect.objectContaining({
        allowMovedTag: true,
        image: expect.objectContaining({ digest: digestOf('c') }),
      }),
      expect.anything(),
    );
  });

  it('takes the new digest of a moved tag instead', async () => {
    const target = createTarget();
    const previewRollout = jest.fn(async body =>
      createDiff(target, {
        checks:
          body.image.digest === digestOf('e')
            ? []
            : [createMovedTag(digestOf('c'), digestOf('e'))],
      }),
    );
    await renderTab(createFakeApi({ targets: [target], previewRollout }), {
      query: link,
    });
    const dialog = await findDialog();
    await userEvent.click(
      await dialog.findByRole('button', {
        name: 'Take the new digest instead',
      }),
    );
    await waitFor(() =>
      expect(previewRollout).toHaveBeenLastCalledWith(
        expect.objectContaining({
          image: expect.objectContaining({ digest: digestOf('e') }),
        }),
        expect.anything(),
      ),
    );
    expect(
      await dialog.findByRole('button', { name: 'Deploy' }),
    ).not.toHaveAttribute('aria-disabled');
  });

  it('says why it was refused and sends the same click again', async () => {
    const target = createTarget();
    const createdRollout = jest
      .fn()
      .mockRejectedValueOnce(new Error('The cluster eu does not answer'))
      .mockResolvedValue(createRollout(target));
    await renderTab(
      createFakeApi({ targets: [target], createRollout: createdRollout }),
      { query: link },
    );
    const dialog = await findDialog();
    await dialog.findByText('Image: The image exists in company');
    await userEvent.click(dialog.getByRole('button', { name: 'Deploy' }));
    expect(
      await dialog.findByText('The cluster eu does not answer'),
    ).toBeInTheDocument();
    await dialog.findByText('Image: The image exists in company');
    await userEvent.click(dialog.getByRole('button', { name: 'Deploy' }));
    await waitFor(() => expect(createdRollout).toHaveBeenCalledTimes(2));
    expect(createdRollout.mock.calls[1]).toEqual(createdRollout.mock.calls[0]);
  });

  it('begins with the picker when no image is named', async () => {
    await renderTab(createFakeApi());
    await userEvent.click(
      await screen.findByRole('button', { name: 'Deploy…' }),
    );
    const dialog = await findDialog();
    expect(
      await dialog.findByRole('table', { name: 'Tags of apps/web' }),
    ).toBeInTheDocument();
    expect(
      dialog.getByRole('button', { name: 'Deploy' }),
    ).toHaveAccessibleDescription('Choose an image first.');
  });
});
