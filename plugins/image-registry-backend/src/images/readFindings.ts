import {
  ImageFindings,
  Reason,
  ScanSummary,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  RegistryClient,
  RegistryError,
  RegistryQuota,
} from '@slipway/backstage-plugin-image-registry-node';
import { registryFailure } from '../http';

/** What is looked at. */
export interface Finding {
  repository: string;
  /** Of the index, or of the only manifest. */
  digest: string;
  /** Of one platform: some scanners know no index. */
  platformDigest?: string;
}

/** Scans that say nothing of what runs. */
const telling: ReadonlyArray<ScanSummary['status']> = ['finished', 'pending'];

/**
 * What a registry knows of an image beside the image itself. What it does not
 * offer is absent; what fails is a problem, and hides nothing else.
 */
export async function readFindings(
  client: RegistryClient,
  finding: Finding,
): Promise<ImageFindings> {
  const { repository, digest } = finding;
  const failures = new Map<string, Reason>();
  const told = async <T>(
    ask: (() => Promise<T>) | undefined,
  ): Promise<T | undefined> => {
    try {
      return await ask?.();
    } catch (error) {
      if (!(error instanceof RegistryError)) {
        throw error;
      }
      if (error.code !== 'unsupported') {
        failures.set(error.message, registryFailure(error));
      }
      return undefined;
    }
  };
  const [scan, signatures, quotas] = await Promise.all([
    told(client.scanReport && (() => readScan(client, finding))),
    told(client.signatures?.bind(client, repository, digest)),
    told(client.quota?.bind(client)),
  ]);
  const quota = quotas && roomOf(quotas, repository);
  return {
    ...(scan && { scan }),
    ...(signatures && { signatures }),
    ...(quota && { quota }),
    problems: [...failures.keys()],
    ...(failures.size > 0 && { reasons: [...failures.values()] }),
  };
}

async function readScan(
  client: RegistryClient,
  { repository, digest, platformDigest }: Finding,
): Promise<ScanSummary> {
  const whole = await client.scanReport!(repository, digest);
  return telling.includes(whole.status) ||
    platformDigest === undefined ||
    platformDigest === digest
    ? whole
    : client.scanReport!(repository, platformDigest);
}

/** The room of the innermost place that a repository is in. */
function roomOf(
  quotas: RegistryQuota[],
  repository: string,
): RegistryQuota | undefined {
  const [innermost] = quotas
    .filter(({ place }) => repository.startsWith(`${place}/`))
    .sort((one, other) => other.place.length - one.place.length);
  return innermost;
}
