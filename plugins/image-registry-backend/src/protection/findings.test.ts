import { Approval } from '@slipway/backstage-plugin-image-registry-common';
import { findingsOf, ProtectionFacts } from './findings';
import { EVIDENCE_PATIENCE_MS, ImageEvidence } from './imageGates';
import { strictestOf } from './strictest';

const now = Date.parse('2026-11-21T12:00:00Z');
const hour = 60 * 60 * 1000;
const ago = (ms: number) => new Date(now - ms).toISOString();

const evidence = (change: Partial<ImageEvidence>): ImageEvidence => ({
  readAt: ago(0),
  registry: 'hub',
  ...change,
});

const scanned = (
  status: 'finished' | 'pending' | 'failed' | 'not-scanned' | 'unsupported',
  severity?: 'high' | 'low',
) => evidence({ scan: { state: 'told', value: { status, severity } } });

const approval = (change: Partial<Approval> = {}): Approval => ({
  required: 2,
  approvers: ['group:default/team'],
  notBy: 'user:default/ada',
  digest: 'sha256:1',
  deadlineAt: new Date(now + hour).toISOString(),
  given: [],
  ...change,
});
const by = (name: string) => ({ by: `user:default/${name}`, at: ago(0) });

function find(
  protection: Parameters<typeof strictestOf>[0],
  change: Partial<ProtectionFacts> = {},
) {
  const findings = findingsOf({
    demands: strictestOf(protection),
    environment: 'production',
    freezes: [],
    approvers: ['group:default/team'],
    knownSince: now,
    askedSince: now,
    now,
    ...change,
  });
  return findings
    .filter(({ state, reason }) => state !== 'passed' || reason)
    .map(({ name, state, reason, until }) => [
      name,
      state,
      reason?.code,
      until && (until - now) / hour,
    ]);
}

const freeze = {
  id: '1',
  reason: 'fair',
  author: 'user:default/ada',
  createdAt: ago(0),
};
const worst = { gates: { scan: { worst: 'low' as const } } };
const signed = { gates: { signature: { kind: 'cosign' as const } } };
const old = { gates: { minimumAgeMs: 2 * hour } };
const two = { approvals: { count: 2 } };
const monday = {
  windows: [
    {
      effect: 'deny' as const,
      from: { day: 'friday' as const, time: '16:00' },
      to: { day: 'monday' as const, time: '08:00' },
      timeZone: 'Europe/Berlin',
    },
  ],
};

describe('gates of protection', () => {
  it.each<[string, Parameters<typeof find>, unknown[]]>([
    ['nothing', [{}], []],
    [
      'a freeze',
      [{}, { freezes: [freeze] }],
      [['freeze', 'waiting', 'portal-frozen', 1 / 12]],
    ],
    [
      'one that ends',
      [
        {},
        {
          freezes: [
            {
              ...freeze,
              entityRef: 'component:default/web',
              endsAt: new Date(now + hour / 60).toISOString(),
            },
          ],
        },
      ],
      [['freeze', 'waiting', 'component-frozen', 1 / 60]],
    ],
    ['a shut window', [monday], [['window', 'waiting', 'window-closed', 43]]],
    [
      'approvals',
      [two],
      [['approval', 'waiting', 'waits-for-approval', 1 / 3600]],
    ],
    [
      'one that is missing',
      [two, { approval: approval({ given: [by('bob')] }) }],
      [['approval', 'waiting', 'waits-for-approval', 1]],
    ],
    [
      'those that are given',
      [two, { approval: approval({ given: [by('bob'), by('eve')] }) }],
      [['approval', 'passed', 'approved', undefined]],
    ],
    [
      'those that came too late',
      [two, { approval: approval({ deadlineAt: ago(1) }) }],
      [['approval', 'refused', 'approval-lapsed', undefined]],
    ],
    [
      'those of others than who is asked now',
      [
        { approvals: { count: 1, group: 'group:default/sre' } },
        { approval: approval({ given: [by('bob')] }) },
      ],
      [['approval', 'waiting', 'waits-for-approval', 1]],
    ],
    [
      'nobody to ask',
      [two, { approvers: [], approval: approval() }],
      [['approval', 'waiting', 'nobody-approves', 1]],
    ],
    [
      'a young image',
      [old, { evidence: evidence({ pushedAt: ago(hour) }) }],
      [['age', 'waiting', 'too-young', 1]],
    ],
    [
      'an old one',
      [old, { evidence: evidence({ pushedAt: ago(3 * hour) }) }],
      [],
    ],
    [
      'a clock that is ahead',
      [old, { evidence: evidence({ pushedAt: ago(-9 * hour) }) }],
      [['age', 'waiting', 'too-young', 2]],
    ],
    ['what it heard of long ago', [old, { knownSince: now - 3 * hour }], []],
    ['a good scan', [worst, { evidence: scanned('finished', 'low') }], []],
    ['no finding', [worst, { evidence: scanned('finished') }], []],
    [
      'a bad scan',
      [worst, { evidence: scanned('finished', 'high') }],
      [['scan', 'refused', 'scan-too-severe', undefined]],
    ],
    [
      'a scan under way',
      [worst, { evidence: scanned('pending') }],
      [['scan', 'waiting', 'scan-pending', undefined]],
    ],
    [
      'no scan yet',
      [worst, { evidence: scanned('not-scanned') }],
      [['scan', 'waiting', 'not-scanned', undefined]],
    ],
    [
      'a failed scan',
      [worst, { evidence: scanned('failed') }],
      [['scan', 'waiting', 'scan-failed', undefined]],
    ],
    [
      'what is not scanned',
      [worst, { evidence: scanned('unsupported') }],
      [['scan', 'refused', 'not-scannable', undefined]],
    ],
    [
      'a registry that tells no scans',
      [worst, { evidence: evidence({ scan: { state: 'not-told' } }) }],
      [['scan', 'refused', 'tells-no-scans', undefined]],
    ],
    [
      'a registry that is away',
      [
        worst,
        { evidence: evidence({ scan: { state: 'failed', message: 'x' } }) },
      ],
      [['scan', 'waiting', 'evidence-failed', undefined]],
    ],
    [
      'what was not read',
      [worst],
      [['scan', 'waiting', 'evidence-missing', undefined]],
    ],
    [
      'a scan that never comes',
      [
        worst,
        {
          evidence: scanned('pending'),
          askedSince: now - EVIDENCE_PATIENCE_MS - 1,
        },
      ],
      [['scan', 'refused', 'evidence-too-late', undefined]],
    ],
    [
      'its signature',
      [
        signed,
        {
          evidence: evidence({
            signatures: { state: 'told', value: ['cosign'] },
          }),
        },
      ],
      [],
    ],
    [
      'another signature',
      [
        signed,
        {
          evidence: evidence({
            signatures: { state: 'told', value: ['notation'] },
          }),
        },
      ],
      [['signature', 'waiting', 'not-signed', undefined]],
    ],
    [
      'a registry that tells no signatures',
      [signed, { evidence: evidence({ signatures: { state: 'not-told' } }) }],
      [['signature', 'refused', 'tells-no-signatures', undefined]],
    ],
  ])('find %s', (_, parameters, expected) => {
    expect(find(...parameters)).toEqual(expected);
  });

  it('say when a window opens on its own wall clock', () => {
    const [, window] = findingsOf({
      demands: strictestOf(monday),
      environment: 'production',
      freezes: [],
      approvers: [],
      knownSince: now,
      askedSince: now,
      now,
    });
    expect(window.reason?.message).toBe(
      'The window of production opens Monday 08:00 (Europe/Berlin)',
    );
  });
});
