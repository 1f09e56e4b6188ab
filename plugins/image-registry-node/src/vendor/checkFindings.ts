import { CheckStep } from '@slipway/backstage-plugin-image-registry-common';

/** What a step says when it went well: in English, and for translation. */
type Told = Required<Pick<CheckStep, 'message' | 'reason'>>;

function told(
  code: string,
  message: string,
  params?: Record<string, string>,
): Told {
  return { message, reason: { code, message, ...(params && { params }) } };
}

/** Findings of checks that most kinds of registries have in common. */
export const checkFindings = {
  anonymous: () => told('check-anonymous', 'Signed in anonymously'),
  noSignIn: () => told('check-no-sign-in', 'The registry asks for no sign-in'),
  unaskedCredentials: () =>
    told(
      'check-unasked-credentials',
      'The registry did not ask for the credentials',
    ),
  nothingToPull: () =>
    told('check-nothing-to-pull', 'There is no repository to try it with'),
  /** @param count - with `or more` where the vendor does not tell */
  listed: (count: number | string, place?: string) =>
    place === undefined
      ? told('check-listed', `${count} repositories`, { count: String(count) })
      : told('check-listed-in', `${count} repositories in ${place}`, {
          count: String(count),
          place,
        }),
  resolved: (host: string, address: string) =>
    told('check-resolved', `${host} is ${address}`, { host, address }),
  throughProxy: (proxy: string) =>
    told('check-through-proxy', `Through the proxy ${proxy}`, { proxy }),
  plainHttp: () => told('check-plain-http', 'Plain http: nothing is encrypted'),
};
