import {
  FieldProblem,
  kubernetesReason,
  PORTAL_CREATE_MANAGER,
} from '@slipway/backstage-plugin-image-registry-common';
import { namedOwner } from '../workloads/managedBy';
import { DeploymentObject } from './DeploymentObject';
import { holds } from './fieldTree';
import { leftSettings } from './settingPaths';
import { settingsOf } from './settingsOf';
import { SettingsEdit } from './withSettings';

/** Says of what was taken away and stays who else has set it. */
export function leftProblems(
  before: DeploymentObject,
  after: DeploymentObject,
  edit: SettingsEdit,
): FieldProblem[] {
  const { container } = edit;
  const left = leftSettings(
    edit.before,
    edit.wanted,
    settingsOf(after, container),
  );
  return left.map(({ path, field, steps }) => ({
    path,
    reason: kubernetesReason('field-stays', {
      field,
      owner: ownersOf(before, [
        'spec',
        'template',
        'spec',
        'containers',
        { name: container },
        ...steps,
      ]),
    }),
  }));
}

function ownersOf(
  { metadata }: DeploymentObject,
  steps: Parameters<typeof holds>[1],
): string {
  const titles = (metadata.managedFields ?? [])
    .filter(
      ({ manager, fieldsV1 }) =>
        manager !== PORTAL_CREATE_MANAGER && holds(fieldsV1, steps),
    )
    .map(({ manager = '', operation }) => namedOwner({ manager, operation }))
    .map(({ title }) => title);
  return titles.length > 0 ? titles.join(', ') : '?';
}
