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

/** By what is to be filled in for times and sizes. */
const namesAlone = {
  artifactory: told(
    'check-names-alone-artifactory',
    'By the Docker protocol alone; fill in the Artifactory URL to see when tags were pushed',
  ),
  nexus: told(
    'check-names-alone-nexus',
    'By the Docker protocol alone; fill in the API address to see when tags were pushed',
  ),
  'nexus-name': told(
    'check-names-alone-nexus-name',
    'Fill in the Repository Name of the connector to see when tags were pushed',
  ),
  quay: told(
    'check-names-alone-quay',
    'Listed by the registry, without times and sizes; add an OAuth application token to have them',
  ),
};

/** What checks find out when all is well; the page translates their codes. */
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
  /** @param count - such as `100+` where the vendor does not tell */
  listed: (count: number | string, place?: string) =>
    place === undefined
      ? told('check-listed', `${count} repositories`, { count: String(count) })
      : told('check-listed-in', `${count} repositories in ${place}`, {
          count: String(count),
          place,
        }),
  /** Repositories of a vendor each of which holds many images. */
  imageRepositories: (count: number | string) =>
    told('check-image-repositories', `${count} repositories for images`, {
      count: String(count),
    }),
  images: (count: number, place: string) =>
    told('check-images', `${count} images in ${place}`, {
      count: String(count),
      place,
    }),
  packages: (count: number | string, place: string) =>
    told('check-packages', `${count} packages of ${place}`, {
      count: String(count),
      place,
    }),
  groups: (count: number) =>
    told('check-groups', `${count} groups`, { count: String(count) }),
  repository: (place: string) =>
    told('check-repository', `The repository ${place}`, { place }),
  emptyRepository: (place: string) =>
    told('check-repository-empty', `The repository ${place} has no images`, {
      place,
    }),
  user: (name: string) => told('check-user', `${name} is a user`, { name }),
  organization: (name: string) =>
    told('check-organization', `${name} is an organization`, { name }),
  namesAlone: (remedy: keyof typeof namesAlone) => namesAlone[remedy],
  resolved: (host: string, address: string) =>
    told('check-resolved', `${host} is ${address}`, { host, address }),
  /** @param days - for which it is valid; undefined where it does not tell */
  certificate: (authority: string, days: number | undefined) => {
    if (days === undefined) {
      return told('check-certificate-undated', authority, { authority });
    }
    return days === 1
      ? told('check-certificate-day', `${authority}, valid 1 day`, {
          authority,
        })
      : told('check-certificate', `${authority}, valid ${days} days`, {
          authority,
          days: String(days),
        });
  },
  unverifiedCertificate: (authority: string) =>
    told('check-certificate-unverified', `${authority}; not verified`, {
      authority,
    }),
  throughProxy: (proxy: string) =>
    told('check-through-proxy', `Through the proxy ${proxy}`, { proxy }),
  plainHttp: () => told('check-plain-http', 'Plain http: nothing is encrypted'),
};
