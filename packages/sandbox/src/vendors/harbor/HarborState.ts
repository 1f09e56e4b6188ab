import { VendorClock } from '../VendorClock';
import {
  HarborAccount,
  harborAccounts,
  HarborPermission,
  PUBLIC_PERMISSIONS,
} from './accounts';

/** A project. */
export interface HarborProject {
  id: number;
  name: string;
  isPublic: boolean;
  /** Bytes; -1: no limit. */
  storageLimit: number;
  storageUsed: number;
  /** Images are only let out once their scan has ended without findings. */
  preventsVulnerable?: boolean;
}

/** A webhook of a project, as the API takes and gives it. */
export interface HarborWebhookPolicy {
  id: number;
  project_id: number;
  name: string;
  description?: string;
  enabled: boolean;
  event_types: string[];
  targets: Array<{
    type: string;
    address: string;
    auth_header?: string;
    skip_cert_verify?: boolean;
    payload_format?: string;
  }>;
}

/** What a scanner found, or where it stands. */
export interface HarborScanState {
  /** Of the scan job. */
  status: 'Pending' | 'Scheduled' | 'Running' | 'Success' | 'Error' | 'Stopped';
  /** By severity, as Harbor writes them. */
  counts?: Record<string, number>;
  fixable?: number;
}

/** What is attached to an artifact. */
export interface HarborAccessory {
  type: string;
  digest: string;
  size: number;
  subject: string;
}

/** Everything of a Harbor beside its images. */
export class HarborState {
  readonly projects: HarborProject[] = [
    {
      id: 2,
      name: 'acme',
      isPublic: false,
      storageLimit: 10 * 1024 ** 3,
      storageUsed: 734_003_200,
    },
    {
      id: 3,
      name: 'opensource',
      isPublic: true,
      storageLimit: -1,
      storageUsed: 52_428_800,
    },
  ];
  readonly webhooks: HarborWebhookPolicy[] = [];
  /** By digest. */
  readonly scans = new Map<string, HarborScanState>();
  readonly accessories: HarborAccessory[] = [];
  /** `repository:tag` that may not be overwritten. */
  readonly immutable = new Set<string>();
  readonly #clock: VendorClock;

  constructor(clock: VendorClock) {
    this.#clock = clock;
  }

  /** Who signs in; undefined for a wrong password, and after the end. */
  signIn(username: string, password: string): HarborAccount | undefined {
    const account = Object.values<HarborAccount>(harborAccounts).find(
      each => each.username === username && each.password === password,
    );
    return account?.expiresAt !== undefined &&
      account.expiresAt <= this.#clock.now()
      ? undefined
      : account;
  }

  project(nameOrId: string): HarborProject | undefined {
    return this.projects.find(
      ({ name, id }) => name === nameOrId || String(id) === nameOrId,
    );
  }

  /** @param project - its name; undefined for the system */
  may(
    account: HarborAccount | undefined,
    permission: HarborPermission,
    project: string | undefined,
  ): boolean {
    const isOpen =
      project !== undefined &&
      this.project(project)?.isPublic === true &&
      PUBLIC_PERMISSIONS.includes(permission);
    return (
      isOpen ||
      account?.isAdministrator === true ||
      Boolean(account?.permissions[project ?? '/']?.includes(permission))
    );
  }

  /** Whether a project's policy lets an image out. */
  letsOut(project: string, digest: string): boolean {
    const scan = this.scans.get(digest);
    return (
      !this.project(project)?.preventsVulnerable ||
      (scan?.status === 'Success' && !Object.keys(scan.counts ?? {}).length)
    );
  }

  /** Projects that somebody sees in lists: public ones, and their own. */
  visibleProjects(account: HarborAccount | undefined): HarborProject[] {
    return this.projects.filter(
      ({ name, isPublic }) =>
        isPublic ||
        account?.isAdministrator ||
        account?.permissions[name] !== undefined,
    );
  }
}
