import { jsonAnswer, VendorAnswer, withHeader } from '../VendorAnswer';
import { VendorRequest } from '../VendorRequest';

/** Seconds over which pulls are counted. */
const WINDOW = 21_600;

/**
 * The limit of pulls, told with every manifest: a GET counts, a HEAD does not.
 * https://docs.docker.com/docker-hub/usage/pulls/
 */
export class PullLimits {
  readonly #used = new Map<string, number>();

  /** Uses up what an account, or an address without one, has left. */
  use(who: string, pulls: number): void {
    this.#used.set(who, (this.#used.get(who) ?? 0) + pulls);
  }

  /**
   * @param limit - pulls in six hours; undefined: no limit, and no word of it
   */
  answer(
    request: VendorRequest,
    answer: VendorAnswer,
    { who, limit }: { who: string; limit: number | undefined },
  ): VendorAnswer {
    if (limit === undefined || answer.status >= 400) {
      return answer;
    }
    const used = this.#used.get(who) ?? 0;
    if (used >= limit && request.method !== 'HEAD') {
      return this.#told(tooMany(), who, limit, 0);
    }
    if (request.method === 'GET') {
      this.use(who, 1);
    }
    const left = Math.max(0, limit - (this.#used.get(who) ?? 0));
    return this.#told(answer, who, limit, left);
  }

  #told(
    answer: VendorAnswer,
    who: string,
    limit: number,
    left: number,
  ): VendorAnswer {
    return [
      ['RateLimit-Limit', `${limit};w=${WINDOW}`],
      ['RateLimit-Remaining', `${left};w=${WINDOW}`],
      ['Docker-RateLimit-Source', who],
    ].reduce((told, [name, value]) => withHeader(told, name, value), answer);
  }
}

function tooMany(): VendorAnswer {
  return jsonAnswer(
    {
      errors: [
        {
          code: 'TOOMANYREQUESTS',
          message:
            'You have reached your pull rate limit. You may increase the limit by authenticating and upgrading',
        },
      ],
    },
    { status: 429 },
  );
}
