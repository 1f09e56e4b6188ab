import { RegistryBudgetView } from '@slipway/backstage-plugin-image-registry-common';
import { screen } from '@testing-library/react';
import { renderPage } from '../__testUtils__/renderPage';
import { BudgetText } from './BudgetText';

const now = Date.parse('2026-11-21T12:00:00.000Z');
const before = '2026-11-21T11:00:00.000Z';
const after = '2026-11-21T13:00:00.000Z';

describe('BudgetText', () => {
  it.each<[RegistryBudgetView, RegExp]>([
    [{ remaining: 137, limit: 200 }, /^137 of 200 requests left$/],
    [{ remaining: 137 }, /^137 requests left$/],
    [
      { remaining: 1, limit: 100, resetsAt: after },
      /^1 of 100 requests left, resets /,
    ],
    [{ remaining: 0, limit: 100, resetsAt: before }, /^$/],
    [
      { remaining: 5, limit: 100, retryAt: after },
      /^The registry asked to wait/,
    ],
    [{ retryAt: before }, /^$/],
    [{}, /^$/],
  ])('%j', async (budget, text) => {
    await renderPage(
      <p data-testid="budget">
        <BudgetText budget={budget} now={now} />
      </p>,
      {},
    );
    expect(screen.getByTestId('budget').textContent).toMatch(text);
  });
});
