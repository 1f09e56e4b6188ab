import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createFakeApi } from '../__testUtils__/createFakeApi';
import {
  createPolicy,
  createTarget,
  entityRef,
} from '../__testUtils__/fixtures';
import { renderTab } from '../__testUtils__/renderTab';

describe('turning auto deploy on', () => {
  it('is one press that follows the tag that runs', async () => {
    const target = createTarget();
    const createPolicyCall = jest.fn(async () => createPolicy(target));
    const listPolicies = jest.fn(async () => ({
      items:
        createPolicyCall.mock.calls.length > 0 ? [createPolicy(target)] : [],
    }));
    await renderTab(
      createFakeApi({ createPolicy: createPolicyCall, listPolicies }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Turn on' }),
    );
    expect(createPolicyCall).toHaveBeenCalledWith({
      entityRef,
      target: target.ref,
      image: { registryId: 'company', repository: 'apps/web' },
      rule: { kind: 'same-tag', tag: 'v1.2.9' },
    });
    expect(
      await screen.findByRole('button', { name: 'Change rule…' }),
    ).toBeInTheDocument();
  });

  it('asks first where others own the image', async () => {
    await renderTab(
      createFakeApi({
        targets: [createTarget({ owners: [{ manager: 'helm' }] })],
      }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Turn on…' }),
    );
    await waitFor(() =>
      expect(
        screen.getByRole('dialog', { name: 'Auto deploy of web' }),
      ).toBeInTheDocument(),
    );
  });
});
