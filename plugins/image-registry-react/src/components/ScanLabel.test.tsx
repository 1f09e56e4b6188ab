import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { ScanSummary } from '@slipway/backstage-plugin-image-registry-common';
import { ScanLabel } from './ScanLabel';

describe('ScanLabel', () => {
  it.each<[ScanSummary, string]>([
    [{ status: 'finished' }, 'no findings'],
    [{ status: 'finished', counts: { high: 0, low: 0 } }, 'no findings'],
    [
      { status: 'finished', severity: 'high', counts: { high: 2, low: 9 } },
      '2 high',
    ],
    // Counts are more exact than the vendor's own word for all of them.
    [{ status: 'finished', severity: 'high', counts: { low: 9 } }, '9 low'],
    [{ status: 'finished', severity: 'critical' }, 'critical'],
    [{ status: 'pending' }, 'being scanned'],
    [{ status: 'failed' }, 'scan failed'],
    [{ status: 'not-scanned' }, 'not scanned'],
    [{ status: 'unsupported' }, 'cannot be scanned'],
  ])('%j', async (scan, text) => {
    await renderInTestApp(<ScanLabel scan={scan} />);
    expect(screen.getByText(text)).toBeVisible();
  });
});
