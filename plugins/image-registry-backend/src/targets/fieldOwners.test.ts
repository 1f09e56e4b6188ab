import { WorkloadTarget } from '@slipway/backstage-plugin-image-registry-node';
import { contestedBy } from './fieldOwners';
import { TargetRecord } from './TargetStore';

const record = {
  consent: { at: '2026-11-21T08:00:00Z' },
  appliedAt: '2026-11-21T09:00:00Z',
} as TargetRecord;

const ownedBy = (...managers: string[]) =>
  ({ owners: managers.map(manager => ({ manager })) } as WorkloadTarget);

describe('contestedBy', () => {
  it('names who took the field after the portal had written it', () => {
    expect(contestedBy(ownedBy('helm'), record)?.manager).toBe('helm');
    expect(
      contestedBy(ownedBy('helm', 'backstage-image-registry'), record),
    ).toBeUndefined();
  });

  it('blames nobody where the cluster has forgotten who wrote it', () => {
    expect(contestedBy(ownedBy('before-first-apply'), record)).toBeUndefined();
  });
});
