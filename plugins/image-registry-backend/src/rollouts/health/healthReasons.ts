import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { because } from '../reasons';

/** `45 s`, `5 min`, `3 h`: the largest unit that leaves nothing out. */
export function spanOf(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds % 60 !== 0 || seconds === 0) {
    return `${seconds} s`;
  }
  const minutes = seconds / 60;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
}

/** Why a health rule lets a rollout go on or ends it. */
export const healthReasons = {
  soaking: (soakMs: number, until: number) => {
    const at = new Date(until).toISOString();
    return because(
      'soaking',
      `Healthy, watching for ${spanOf(soakMs)} until ${at.slice(11, 16)} UTC`,
      { span: spanOf(soakMs), until: at },
    );
  },
  restartBudget: (restarts: number, budget: number, pod: string) =>
    because(
      'restart-budget-exceeded',
      `The new pods restarted ${restarts}×; ${budget} restarts are tolerated${
        pod && ` (most: ${pod})`
      }`,
      { restarts: String(restarts), budget: String(budget), pod },
    ),
  deadline: (deadlineMs: number, last: Reason | undefined) =>
    because(
      'health-deadline-exceeded',
      `Not healthy within ${spanOf(deadlineMs)}${after(last)}`,
      { span: spanOf(deadlineMs), detail: last?.message ?? '' },
    ),
  standstill: (ms: number, last: Reason | undefined) =>
    because(
      'no-progress',
      `Nothing has moved for ${spanOf(ms)}${after(last)}`,
      { span: spanOf(ms), detail: last?.message ?? '' },
    ),
  neverStayedHealthy: (soakMs: number, last: Reason | undefined) =>
    because(
      'never-stayed-healthy',
      `Never stayed healthy for ${spanOf(soakMs)}${after(last)}`,
      { span: spanOf(soakMs), detail: last?.message ?? '' },
    ),
  refusedTooLong: (ms: number, last: Reason | undefined) =>
    because(
      'registry-refused-too-long',
      `The registry refused the image for ${spanOf(ms)}${after(last)}`,
      { span: spanOf(ms), detail: last?.message ?? '' },
    ),
};

function after(last: Reason | undefined): string {
  return last ? `: ${last.message}` : '';
}
