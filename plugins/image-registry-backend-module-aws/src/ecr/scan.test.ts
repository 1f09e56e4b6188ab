import { readScanSummary } from './scan';

describe('readScanSummary', () => {
  it.each([
    ['COMPLETE', 'finished'],
    ['ACTIVE', 'finished'],
    ['IN_PROGRESS', 'pending'],
    ['PENDING', 'pending'],
    ['FAILED', 'failed'],
    ['LIMIT_EXCEEDED', 'failed'],
    ['UNSUPPORTED_IMAGE', 'unsupported'],
    ['SCAN_ELIGIBILITY_EXPIRED', 'not-scanned'],
    ['FINDINGS_UNAVAILABLE', 'not-scanned'],
    [undefined, 'not-scanned'],
  ] as const)('takes %s for %s', (status, expected) => {
    expect(readScanSummary({ status }).status).toBe(expected);
  });

  it('puts the severities of both scanners together', () => {
    expect(
      readScanSummary(
        { status: 'ACTIVE' },
        {
          findingSeverityCounts: {
            CRITICAL: 0,
            LOW: 3,
            UNDEFINED: 1,
            UNTRIAGED: 2,
          } as object,
        },
      ),
    ).toEqual({
      status: 'finished',
      severity: 'low',
      counts: { low: 3, unknown: 3 },
      scanner: 'Amazon Inspector',
    });
  });

  it('has no severity where nothing was found', () => {
    expect(readScanSummary({ status: 'COMPLETE' }, {})).toEqual({
      status: 'finished',
      counts: {},
      scanner: 'Amazon ECR basic scanning',
    });
  });
});
