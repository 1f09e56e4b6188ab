import { WorkloadManager } from '@slipway/backstage-plugin-image-registry-node';
import { gitOpsId, gitOpsOf, undoneBy } from './gitOps';

const argo: WorkloadManager = { tool: 'argo-cd', name: 'web' };
const at = '2026-11-21T12:00:00.000Z';
const consent = { author: 'user:default/owner', at };

describe('undoneBy', () => {
  it.each<[string, WorkloadManager | undefined, string | undefined]>([
    ['nobody', undefined, undefined],
    ['Helm, which waits to be run', { tool: 'helm', name: 'web' }, undefined],
    ['Argo CD', argo, 'Argo CD application web would undo this'],
    [
      'an application elsewhere',
      { ...argo, namespace: 'team' },
      'Argo CD application team/web would undo this',
    ],
    [
      'Flux',
      { tool: 'flux', name: 'apps' },
      'Flux object apps would undo this',
    ],
    ['what has no name', { tool: 'flux' }, 'Flux would undo this'],
  ])('of %s', (_, managedBy, message) => {
    expect(undoneBy({ managedBy }, undefined)?.message).toBe(message);
  });

  it('asks no more once somebody has consented knowing of it', () => {
    const id = (managedBy: WorkloadManager) =>
      gitOpsId(gitOpsOf({ managedBy })!);
    const known = { consent, consentDespite: id(argo) };
    expect(undoneBy({ managedBy: argo }, known)).toBeUndefined();
    expect(undoneBy({ managedBy: argo }, { consent })).toBeDefined();
    expect(
      undoneBy({ managedBy: { ...argo, name: 'other' } }, known),
    ).toBeDefined();
    // Another workload has its name now: the consent is not for it.
    expect(
      undoneBy({ managedBy: argo }, { consentDespite: id(argo) }),
    ).toBeDefined();
  });
});
