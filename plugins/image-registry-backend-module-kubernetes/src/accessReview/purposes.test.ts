import { readFileSync } from 'fs';
import { join } from 'path';
import { AccessPurpose } from '@slipway/backstage-plugin-image-registry-common';
import { PolicyRule } from '@slipway/sandbox';
import { parseAllDocuments } from 'yaml';
import { accessPurposes, rulesFor } from './purposes';

const page = readFileSync(
  join(__dirname, '../../../../docs/kubernetes.md'),
  'utf8',
);

/** Each right of the page's roles of these names, as `group/resource verb`. */
function documented(...roles: string[]): Set<string> {
  const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)];
  const rules: PolicyRule[] = blocks
    .flatMap(([, block]) => parseAllDocuments(block))
    .map(document => document.toJS())
    .filter(object => roles.includes(object?.metadata?.name))
    .flatMap(object => object.rules ?? []);
  return rightsOf(
    rules.flatMap(({ apiGroups, ...rule }) =>
      apiGroups.map(group => ({ group, ...rule })),
    ),
  );
}

function rightsOf(
  rules: ReadonlyArray<{
    group: string;
    resources: readonly string[];
    verbs: readonly string[];
  }>,
): Set<string> {
  return new Set(
    rules.flatMap(({ group, resources, verbs }) =>
      resources.flatMap(resource =>
        verbs.map(verb => `${group}/${resource} ${verb}`),
      ),
    ),
  );
}

const roles: Record<AccessPurpose, string[]> = {
  read: ['portal-read'],
  logs: ['portal-read'],
  deploy: ['portal-deploy'],
  'pull-secrets': ['portal-pull-secrets'],
  create: ['portal-create'],
  'test-pull': ['portal-test-pull'],
};

describe('purposes', () => {
  it.each(accessPurposes)('%s: the page grants what is asked for', purpose => {
    const granted = documented(...roles[purpose]);
    const asked = [...rightsOf(rulesFor(purpose))];
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter(right => !granted.has(right))).toEqual([]);
  });

  it('the page grants nothing that is not asked for', () => {
    const asked = rightsOf(accessPurposes.flatMap(rulesFor));
    const granted = [...documented(...Object.values(roles).flat())];
    expect(
      granted.filter(
        right => !asked.has(right) && !right.startsWith('argoproj.io/'),
      ),
    ).toEqual([]);
  });
});
