import {
  RegistryBudget,
  RegistryError,
  RegistryHttp,
  RegistryHttpRequest,
  RegistryHttpResponse,
} from '@slipway/backstage-plugin-image-registry-node';

/** By which APIs with one path tell their operations apart. */
const ACTION_HEADERS = ['x-acs-action', 'x-amz-target', 'x-tc-action'];

/** Answers of a vendor by what was asked for. */
export class RecordedAnswers {
  private readonly answers = new Map<string, RegistryHttpResponse>();

  /** Asks for real, and keeps the answers. */
  recording(real: RegistryHttp): RegistryHttp {
    return {
      request: async request => {
        const answer = await real.request(request);
        this.answers.set(exactKey(request), answer);
        this.answers.set(looseKey(request), answer);
        return answer;
      },
      stream: request => real.stream(request),
      budget: () => real.budget(),
    };
  }

  /** Those that are JSON objects or lists. */
  inJson(): RegistryHttpResponse[] {
    return [...new Set(this.answers.values())].filter(({ body }) =>
      /^\s*[[{]/.test(body.toString('utf8', 0, 20)),
    );
  }

  /** Gives the answers again, those of one URL with another body. */
  replaying(distorted: { url: string; body: string }): RegistryHttp {
    return {
      request: async request => {
        const answer =
          this.answers.get(exactKey(request)) ??
          this.answers.get(looseKey(request));
        if (!answer) {
          throw new RegistryError(
            'not-found',
            `Could not ${request.operation}: nobody asked for that before`,
          );
        }
        return answer.url === distorted.url
          ? withBody(answer, distorted.body)
          : answer;
      },
      stream: () => Promise.reject(new Error('Streams are not recorded')),
      budget: (): RegistryBudget => ({}),
    };
  }
}

/** Bodies that hold a time are not the same again. */
function looseKey({ headers = {}, method, url }: RegistryHttpRequest): string {
  const actions = Object.entries(headers).filter(([name]) =>
    ACTION_HEADERS.includes(name.toLowerCase()),
  );
  return JSON.stringify([method ?? 'GET', url, actions]);
}

function exactKey(request: RegistryHttpRequest): string {
  return `${looseKey(request)}${request.body ?? ''}`;
}

function withBody(
  answer: RegistryHttpResponse,
  text: string,
): RegistryHttpResponse {
  return {
    ...answer,
    body: Buffer.from(text),
    json: <T>() => JSON.parse(text || 'null') as T,
  };
}
