import { because } from './reasons';

/** Why somebody may not approve; the frontends translate them by code. */
export const approvalObjections = {
  service: () =>
    because('services-approve-nothing', 'Only people approve, not services'),
  own: (by: string) =>
    because(
      'approver-is-requester',
      `${by} asked for it and cannot approve it`,
      {
        by,
      },
    ),
  given: () => because('approved-already', 'You have approved it already'),
  notAmong: (approvers: readonly string[]) =>
    because(
      'not-an-approver',
      `Only members of ${approvers.join(', ') || 'nobody'} may approve it`,
      { approvers: approvers.join(', ') },
    ),
  denied: (entityRef: string) =>
    because('may-not-approve', `You may approve nothing of ${entityRef}`, {
      entityRef,
    }),
};
