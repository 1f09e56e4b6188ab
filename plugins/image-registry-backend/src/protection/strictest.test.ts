import {
  ImageGates,
  Protection,
  ScanSummary,
  severities,
} from '@slipway/backstage-plugin-image-registry-common';
import fc from 'fast-check';
import { ImageEvidence, scanFinding, signatureFinding } from './imageGates';
import { PolicyDemands, strictestOf } from './strictest';

const now = Date.parse('2026-11-21T12:00:00Z');

const policy = (change: Partial<PolicyDemands> = {}): PolicyDemands => ({
  mode: 'deploy',
  gates: {},
  whenStopped: 'block',
  ...change,
});

describe('the strictest of what is asked', () => {
  it.each<[string, Protection | undefined, PolicyDemands | undefined, object]>([
    [
      'nothing of a person',
      undefined,
      undefined,
      { minimumAgeMs: 0, signatures: [], whenStopped: 'update' },
    ],
    [
      'nothing of a policy',
      {},
      policy(),
      { approval: undefined, whenStopped: 'block', notifyOnly: false },
    ],
    [
      'an approval of a policy',
      {},
      policy({ mode: 'approve' }),
      { approval: { count: 1, deadlineMs: 86_400_000 } },
    ],
    [
      'no fewer approvals',
      { approvals: { count: 2 } },
      policy({ mode: 'approve' }),
      { approval: { count: 2 } },
    ],
    [
      'the environment’s group and deadline',
      {
        approvals: { count: 1, group: 'group:default/sre', deadlineMs: 60_000 },
      },
      policy(),
      {
        approval: { count: 1, group: 'group:default/sre', deadlineMs: 60_000 },
      },
    ],
    [
      'the greater age',
      { gates: { minimumAgeMs: 5 } },
      policy({ gates: { minimumAgeMs: 7 } }),
      { minimumAgeMs: 7 },
    ],
    [
      'no lesser age',
      { gates: { minimumAgeMs: 5 } },
      policy({ gates: { minimumAgeMs: 0 } }),
      { minimumAgeMs: 5 },
    ],
    [
      'the lesser finding',
      { gates: { scan: { worst: 'high' } } },
      policy({ gates: { scan: { worst: 'low' } } }),
      { worst: 'low' },
    ],
    [
      'no finding at all',
      { gates: { scan: { worst: 'none' } } },
      policy({ gates: { scan: { worst: 'unknown' } } }),
      { worst: 'none' },
    ],
    [
      'a scan of either',
      {},
      policy({ gates: { scan: { worst: 'medium' } } }),
      { worst: 'medium' },
    ],
    [
      'a kind rather than any',
      { gates: { signature: { kind: 'any' } } },
      policy({ gates: { signature: { kind: 'cosign' } } }),
      { signatures: ['cosign'] },
    ],
    [
      'both kinds',
      { gates: { signature: { kind: 'notation' } } },
      policy({ gates: { signature: { kind: 'cosign' } } }),
      { signatures: ['notation', 'cosign'] },
    ],
    [
      'to tell only',
      { approvals: { count: 1 } },
      policy({ mode: 'notify' }),
      { notifyOnly: true },
    ],
  ])('is %s', (_, environment, asked, expected) => {
    expect(strictestOf(environment, asked)).toMatchObject(expected);
  });

  const anyGates: fc.Arbitrary<ImageGates> = fc.record(
    {
      minimumAgeMs: fc.nat(1000),
      scan: fc.record({
        worst: fc.constantFrom('none' as const, ...severities),
      }),
      signature: fc.record({
        kind: fc.constantFrom(
          'any' as const,
          'cosign' as const,
          'notation' as const,
        ),
      }),
    },
    { requiredKeys: [] },
  );
  const evidence: fc.Arbitrary<ImageEvidence> = fc.record({
    readAt: fc.constant(new Date(now).toISOString()),
    registry: fc.constant('hub'),
    scan: fc
      .record(
        {
          status: fc.constantFrom<ScanSummary['status']>(
            'finished',
            'pending',
            'not-scanned',
          ),
          severity: fc.constantFrom(...severities),
        },
        { requiredKeys: ['status'] },
      )
      .map(value => ({ state: 'told' as const, value })),
    signatures: fc
      .subarray(['cosign', 'notation'])
      .map(value => ({ state: 'told' as const, value })),
  });

  it('lets through what both let through, and nothing else', () => {
    const passes = (
      gates: ReturnType<typeof strictestOf>,
      image: ImageEvidence,
      age: number,
    ) =>
      gates.minimumAgeMs <= age &&
      [scanFinding, signatureFinding].every(
        find => find(gates, image, now, now).state === 'passed',
      );
    fc.assert(
      fc.property(
        anyGates,
        anyGates,
        evidence,
        fc.nat(1000),
        (one, other, image, age) => {
          const alone = [one, other].map(gates => strictestOf({ gates }));
          expect(
            passes(
              strictestOf({ gates: one }, policy({ gates: other })),
              image,
              age,
            ),
          ).toBe(alone.every(demands => passes(demands, image, age)));
        },
      ),
      { numRuns: 500 },
    );
  });
});
