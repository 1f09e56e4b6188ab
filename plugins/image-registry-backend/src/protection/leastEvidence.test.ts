import { ScanSummary } from '@slipway/backstage-plugin-image-registry-common';
import { ImageEvidence, Told } from './imageGates';
import { leastEvidence } from './leastEvidence';

const at = (minute: number) => `2026-11-21T12:0${minute}:00.000Z`;

const told = <T>(value: T): Told<T> => ({ state: 'told', value });

const evidence = (change: Partial<ImageEvidence>): ImageEvidence => ({
  readAt: at(5),
  registry: 'Hub',
  ...change,
});

const found = (severity?: ScanSummary['severity']) =>
  evidence({ scan: told({ status: 'finished', severity }) });

describe('leastEvidence', () => {
  it.each<[string, ImageEvidence, ImageEvidence, ImageEvidence['scan']]>([
    [
      'the worse finding',
      found('low'),
      found('critical'),
      found('critical').scan,
    ],
    ['a finding, not none', found(), found('unknown'), found('unknown').scan],
    [
      'a scan that is not over',
      found('critical'),
      evidence({ scan: told({ status: 'pending' }) }),
      told({ status: 'pending' }),
    ],
    [
      'what is not told',
      evidence({ scan: { state: 'not-told' } }),
      found('critical'),
      { state: 'not-told' },
    ],
  ])('takes %s', (_, one, other, expected) => {
    expect(leastEvidence([one, other]).scan).toEqual(expected);
    expect(leastEvidence([other, one]).scan).toEqual(expected);
  });

  it('takes the younger image, and the signatures that both have', () => {
    const both = [
      evidence({ pushedAt: at(1), signatures: told(['cosign', 'notation']) }),
      evidence({ pushedAt: at(2), signatures: told(['cosign']) }),
    ] as const;
    expect(leastEvidence(both)).toMatchObject({
      pushedAt: at(2),
      signatures: { value: ['cosign'] },
    });
    expect(
      leastEvidence([...both, evidence({ signatures: told(['cosign']) })])
        .pushedAt,
    ).toBeUndefined();
  });

  it('knows no signature where one registry does not tell', () => {
    const [one, other] = [
      evidence({ signatures: told(['cosign']) }),
      evidence({ signatures: { state: 'not-told' } }),
    ];
    expect(leastEvidence([one, other]).signatures?.state).toBe('not-told');
    expect(leastEvidence([other, one]).signatures?.state).toBe('not-told');
  });
});
