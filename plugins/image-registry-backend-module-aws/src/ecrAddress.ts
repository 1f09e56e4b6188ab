import { InputError } from '@backstage/errors';
import { parseRegistryAddress } from '@slipway/backstage-plugin-image-registry-common';
import {
  because,
  refusal,
} from '@slipway/backstage-plugin-image-registry-node';

/** What the host of a private ECR registry says. */
export interface PrivateEcrAddress {
  kind: 'private';
  host: string;
  /** Twelve digits. */
  account: string;
  region: string;
  fips: boolean;
  dualstack: boolean;
}

/** The one registry of ECR Public. */
export interface PublicEcrAddress {
  kind: 'public';
  host: string;
}

/** Where an ECR registry is. */
export type EcrAddress = PrivateEcrAddress | PublicEcrAddress;

export const PUBLIC_HOST = 'public.ecr.aws';

/** The only region in which ECR Public has its API. */
export const PUBLIC_REGION = 'us-east-1';

/**
 * The registry endpoints of the AWS General Reference, "Amazon ECR endpoints
 * and quotas": IPv4, FIPS, and dual-stack with and without FIPS.
 */
const privateHosts = [
  {
    pattern:
      /^(\d{12})\.dkr\.ecr(-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/,
    dualstack: false,
  },
  {
    pattern:
      /^(\d{12})\.dkr-ecr(-fips)?\.([a-z0-9-]+)\.on\.(?:aws|amazonwebservices\.com\.cn)$/,
    dualstack: true,
  },
];

/** Hosts that tell their region, by the last group. */
export const regionPatterns = privateHosts.map(({ pattern }) => pattern.source);

/** @returns undefined for a host that is none of ECR */
export function readEcrHost(host: string): EcrAddress | undefined {
  if (host === PUBLIC_HOST) {
    return { kind: 'public', host };
  }
  for (const { pattern, dualstack } of privateHosts) {
    const [, account, fips, region] = pattern.exec(host) ?? [];
    if (account) {
      return {
        kind: 'private',
        host,
        account,
        region,
        fips: fips !== undefined,
        dualstack,
      };
    }
  }
  return undefined;
}

/**
 * Reads an address in any spelling that people use.
 * @throws InputError when it is none of ECR
 */
export function parseEcrAddress(text: string): EcrAddress {
  const { host, port, url } = parseRegistryAddress(text);
  const address = port === undefined ? readEcrHost(host) : undefined;
  if (!address) {
    throw refusal(
      InputError,
      because(
        'ecr-address-other',
        `${url} is no registry of Amazon ECR; its URI is <account>.dkr.ecr.<region>.amazonaws.com with the twelve digits of the account, or ${PUBLIC_HOST}`,
        { url, publicHost: PUBLIC_HOST },
      ),
    );
  }
  return address;
}
