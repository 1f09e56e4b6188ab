import { setTimeout as delay } from 'timers/promises';
import { TestPullStep } from '@slipway/backstage-plugin-image-registry-common';
import {
  DriverError,
  TestPullRequest,
} from '@slipway/backstage-plugin-image-registry-node';
import { ClusterClient } from '../clusters';
import { PodObject } from '../workloads/objects';
import { collectionPath } from '../workloads/paths';
import { judgeTestPod, TestPullState } from './judgeTestPod';
import { KubeletWords } from './KubeletWords';
import { testPod } from './testPod';

/** Milliseconds; also in the pod, so that the kubelet ends it by itself. */
const DEFAULT_DEADLINE_MS = 60_000;

const DEFAULT_POLL_MS = 500;

/** A deleted pod is deleted, whatever the caller waits for. */
const DELETION_DEADLINE_MS = 10_000;

/**
 * Runs one pod until its image is there or refused, telling each change, and
 * deletes it in every case.
 * @throws DriverError when the pod cannot be made
 */
export async function* testPull(
  client: ClusterClient,
  request: TestPullRequest,
  options: { signal: AbortSignal; pollMs?: number },
): AsyncGenerator<TestPullStep> {
  const { signal, pollMs = DEFAULT_POLL_MS } = options;
  const deadlineMs = request.deadlineMs ?? DEFAULT_DEADLINE_MS;
  const startedAt = Date.now();
  const path = collectionPath('v1', 'pods', request.place.namespace);
  const { metadata } = await client.json<PodObject>({
    method: 'POST',
    path,
    content: testPod(request, { now: new Date(startedAt), deadlineMs }),
    signal,
  });
  const podPath = `${path}/${encodeURIComponent(metadata.name)}`;
  const kubelet = new KubeletWords(client, metadata);
  try {
    let told = '';
    for (;;) {
      const isLate = Date.now() - startedAt > deadlineMs;
      const seen = inTime(await look(client, podPath, signal), isLate);
      const state = await inWords(seen, kubelet, signal);
      const step = JSON.stringify(state);
      if (step !== told) {
        told = step;
        yield { at: new Date().toISOString(), ...state };
      }
      if (isEnd(state)) {
        return;
      }
      await delay(pollMs, undefined, { signal });
    }
  } finally {
    await deleteTestPod(client, podPath);
  }
}

/** A reason comes with words of its own. */
async function inWords(
  state: TestPullState,
  kubelet: KubeletWords,
  signal: AbortSignal,
): Promise<TestPullState> {
  const said = state.reason ? undefined : await kubelet.of(state.phase, signal);
  return said === undefined ? state : { ...state, words: said };
}

function isEnd({ phase }: TestPullState): boolean {
  return phase === 'pulled' || phase === 'failed' || phase === 'gone';
}

/** What was waited for too long has failed, with what was said last. */
function inTime(state: TestPullState, isLate: boolean): TestPullState {
  if (!isLate || isEnd(state)) {
    return state;
  }
  return {
    ...state,
    phase: 'failed',
    reason: state.reason ?? {
      code: 'test-pull-late',
      message: 'The image was not there in time',
    },
  };
}

async function look(
  client: ClusterClient,
  path: string,
  signal: AbortSignal,
): Promise<TestPullState> {
  try {
    return judgeTestPod(await client.json<PodObject>({ path, signal }));
  } catch (error) {
    if (error instanceof DriverError && error.code === 'not-found') {
      return { phase: 'gone' };
    }
    throw error;
  }
}

/** What cannot be deleted now is left to the sweeper, and to its deadline. */
export async function deleteTestPod(
  client: ClusterClient,
  path: string,
): Promise<boolean> {
  try {
    await client.text({
      method: 'DELETE',
      path,
      query: { gracePeriodSeconds: 0 },
      deadlineMs: DELETION_DEADLINE_MS,
    });
    return true;
  } catch (error) {
    if (error instanceof DriverError) {
      return false;
    }
    throw error;
  }
}
