import { createPolicySchema } from './policies';
import { turnOnPolicy } from './turnOnPolicy';

describe('turnOnPolicy', () => {
  const running = {
    ref: {
      cluster: 'local',
      namespace: 'shop',
      kind: 'Deployment' as const,
      name: 'web',
      container: 'web',
    },
    registryId: 'local',
    repository: 'shop/web',
  };

  it.each(['latest', 'v1.2.3', 'main-101-ab12'])('follows %s', tag => {
    const policy = turnOnPolicy('component:default/web', { ...running, tag });
    expect(policy?.rule).toEqual({ kind: 'same-tag', tag });
    expect(createPolicySchema.safeParse(policy).success).toBe(true);
  });

  it('cannot follow what has no tag, or comes from nowhere', () => {
    expect(turnOnPolicy('component:default/web', running)).toBeUndefined();
    expect(
      turnOnPolicy('component:default/web', { ref: running.ref, tag: 'main' }),
    ).toBeUndefined();
  });
});
