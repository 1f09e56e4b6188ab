import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { RegistryFindings } from './RegistryFindings';

describe('RegistryFindings', () => {
  it('shows scan, signatures and room where the registry tells them', async () => {
    await renderInTestApp(
      <RegistryFindings
        findings={{
          scan: {
            status: 'finished',
            severity: 'high',
            counts: { low: 2, high: 1 },
            fixable: 2,
            scanner: 'Trivy v0.57.1',
          },
          signatures: ['cosign'],
          quota: { place: 'apps', used: 3_100_000, limit: 10_000_000 },
          problems: [],
        }}
      />,
    );
    for (const text of [
      '1 high, 2 low',
      'Trivy v0.57.1',
      'cosign',
      '3.1 MB of 10 MB used in apps',
    ]) {
      expect(screen.getByText(text)).toBeInTheDocument();
    }
  });

  it('says what could not be read, and what was looked for in vain', async () => {
    await renderInTestApp(
      <RegistryFindings
        findings={{
          signatures: [],
          quota: { place: 'apps', used: 5 },
          problems: ['Harbor: could not read the scan of apps/web'],
        }}
      />,
    );
    expect(screen.getByText('no signature')).toBeInTheDocument();
    expect(screen.getByText('5 B used in apps, no limit')).toBeInTheDocument();
    expect(
      screen.getByText('Harbor: could not read the scan of apps/web'),
    ).toBeInTheDocument();
  });

  it('is nothing where the registry tells nothing', async () => {
    await renderInTestApp(
      <div data-testid="place">
        <RegistryFindings findings={{ problems: [] }} />
      </div>,
    );
    expect(screen.getByTestId('place')).toBeEmptyDOMElement();
  });
});
