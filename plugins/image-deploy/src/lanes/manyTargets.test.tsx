import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createFakeApi } from '../__testUtils__/createFakeApi';
import { createTarget } from '../__testUtils__/fixtures';
import { renderTab } from '../__testUtils__/renderTab';

it('draws some of many cards, those that need a look first', async () => {
  const items = Array.from({ length: 22 }, (_, index) =>
    createTarget({
      ref: { name: `web-${index}` },
      health: index === 21 ? 'Degraded' : 'Healthy',
    }),
  );
  await renderTab(
    createFakeApi({
      listTargets: async () => ({
        items,
        clusters: [],
        lostPlaces: [],
        searched: 'web',
      }),
    }),
  );
  const lane = within(await screen.findByRole('region', { name: /staging/ }));
  await waitFor(() => expect(lane.getAllByRole('article')).toHaveLength(20));
  expect(lane.getAllByRole('article')[0]).toHaveAccessibleName(/web-21/);
  await userEvent.click(
    lane.getByRole('button', { name: 'Show 2 more of 22' }),
  );
  await waitFor(() => expect(lane.getAllByRole('article')).toHaveLength(22));
});
