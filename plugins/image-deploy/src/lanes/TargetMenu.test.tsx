import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createFakeApi } from '../__testUtils__/createFakeApi';
import { createTarget, entityRef } from '../__testUtils__/fixtures';
import { renderTab } from '../__testUtils__/renderTab';

const mockNavigate = jest.fn();
jest.mock('react-router-dom', () => ({
  ...jest.requireActual('react-router-dom'),
  useNavigate: () => mockNavigate,
}));

const made = () => createTarget({ madeFromImage: true });

const openMenu = async (target = made(), denied = false) => {
  await renderTab(createFakeApi({ targets: [target] }), { denied });
  await userEvent.click(
    await screen.findByRole('button', { name: /^More for / }),
  );
  return screen.queryByRole('menuitem', { name: /^Edit…/ });
};

describe('Edit… in the menu of a target', () => {
  beforeEach(() => mockNavigate.mockReset());

  it('opens the form with this workload', async () => {
    const target = made();
    const item = await openMenu(target);
    await userEvent.click(item!);
    expect(mockNavigate).toHaveBeenCalledTimes(1);
    const [path, query] = mockNavigate.mock.calls[0][0].split('?');
    expect(path).toBe('/create-from-image');
    expect(Object.fromEntries(new URLSearchParams(query))).toEqual({
      edit: target.key,
      component: entityRef,
    });
  });

  it('is not there for what was not made here', async () => {
    expect(await openMenu(createTarget())).not.toBeInTheDocument();
  });

  it('says why it may not be chosen', async () => {
    const item = await openMenu(made(), true);
    expect(item).toHaveAttribute('aria-disabled', 'true');
    await userEvent.click(item!);
    expect(mockNavigate).not.toHaveBeenCalled();
  });
});
