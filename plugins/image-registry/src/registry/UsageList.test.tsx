import { screen } from '@testing-library/react';
import { renderPage } from '../__testUtils__/renderPage';
import { UsageList } from './UsageList';

const none = 'Nothing uses this registry yet.';

describe('UsageList', () => {
  it('counts what may not be seen', async () => {
    await renderPage(<UsageList registryId="company" />);
    expect(await screen.findByText(/web in production/)).toBeVisible();
    expect(
      screen.getByText('Of components that you may not see: 2'),
    ).toBeVisible();
  });

  it.each([
    [0, none],
    [1, 'Of components that you may not see: 1'],
  ])(
    'says that nothing uses it only when nothing does: %i',
    async (hidden, text) => {
      await renderPage(<UsageList registryId="company" />, {
        api: { listRegistryUsages: async () => ({ items: [], hidden }) },
      });
      expect(await screen.findByText(text)).toBeVisible();
      expect(screen.queryAllByText(none)).toHaveLength(hidden ? 0 : 1);
    },
  );
});
