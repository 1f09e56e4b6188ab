import type { ChaosResult } from '../../packages/backend/src/systemTests/testing/chaos';

function listed(of: Record<string, number>): string {
  return Object.entries(of)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}

function row(result: ChaosResult): string {
  const {
    test,
    seed,
    asked,
    kills,
    freezes,
    requests,
    meddled,
    writes,
    seconds,
  } = result;
  const cells = [
    test,
    seed,
    asked,
    kills,
    freezes,
    listed(result.spells),
    requests,
    meddled,
    listed(result.rollouts),
    writes,
    seconds,
  ];
  return `| ${cells.join(' | ')} |`;
}

/**
 * What `docs/benchmarks/chaos-test.md` says.
 *
 * @param measured - machine, day and outcome, one line
 */
export function chaosPage(
  measured: string,
  results: readonly ChaosResult[],
): string {
  return [
    '# The chaos test, at full length',
    '',
    '`./run test:soak` writes this page. Rollouts of five kinds of targets are asked for by hand and by push — a Deployment, a StatefulSet, one whose images are missing, one whose pods crash, one that returns by itself — while the API server is stopped (connections reset), slowed, answers 401, 409, 410, 429, 500, 503 and 504, takes a write and loses the answer, serves a write after whoever sent it has given up, cuts watches and lets them expire, and the backend is killed with SIGKILL, on PostgreSQL one of two replicas at a time; there one is also frozen for 18 seconds, longer than its leases, and goes on as if no time had passed. Each person repeats a request, with one Idempotency-Key, until it is answered; some have second thoughts, and cancel, roll back or retry what is newest.',
    '',
    'When the faults are lifted, what the portal tells of each rollout is compared with a chronicle that is kept inside of the sandbox cluster, without its API: what succeeded or was returned had written its image, and as many pods as wanted had served it before the end that is told; what fails is an image that cannot run, or was interrupted by a person’s; what never began has written nothing; nothing was written out of order, or by a rollout that had ended; the newest rollout of each target is what runs now; none is unfinished, and no target had two under way; every request by hand is one rollout, every accepted decision, too; what was returned is held, and not tried again by the automation. Afterwards a push to each policy is deployed as if nothing had been. The rules are in `packages/backend/src/systemTests/testing/chaos/contradictions.ts`, and `contradictions.test.ts` shows of each that it finds what it is for.',
    '',
    measured,
    '',
    '| database | seed | asked for | kills | freezes | faults | requests | second thoughts | rollouts | writes | seconds |',
    '|---|---|---|---|---|---|---|---|---|---|---|',
    ...results.map(row),
    '',
    'Requests are those of people and registries, repeated ones among them; rollouts include the one with which each target begins; writes are changes of templates as the cluster saw them, automatic returns among them.',
    '',
  ].join('\n');
}
