import {
  QuotaCheck,
  WorkloadPlace,
  WorkloadRef,
} from '@slipway/backstage-plugin-image-registry-common';

/** What a change adds to a namespace, as Kubernetes quantities by resource. */
export type QuotaDemand = Readonly<Record<string, string>>;

/** Tells whether a change fits the quotas of a namespace. */
export interface QuotaReader {
  /**
   * Compares what is added with the ResourceQuotas. Quotas that may not be
   * read are told as not known.
   * @param demand - `requests.cpu`, `limits.memory`, `pods`, `services`, …
   * @throws DriverError when the cluster does not answer
   */
  quotaCheck(
    place: WorkloadPlace,
    demand: QuotaDemand,
    options?: { signal?: AbortSignal },
  ): Promise<QuotaCheck>;
  /**
   * The same for one more pod of a workload, which a rolling update starts
   * before it ends an old one.
   */
  podQuotaCheck(
    workload: WorkloadRef,
    options?: { signal?: AbortSignal },
  ): Promise<QuotaCheck>;
}
