import { RegistryService } from '../registries';
import { FoundTarget } from '../targets';

/** What runs in a policy's target, as far as it is known. */
export interface RunningImage {
  repository?: string;
  tag?: string;
  /** All digests that stand for what runs: of the index and of its platform. */
  digests: string[];
}

/** What a target runs, by what it writes and by its pods. */
export async function runningImageOf(
  { workload }: FoundTarget,
  registries: RegistryService,
): Promise<RunningImage> {
  const served = await registries.findByImage(workload.image);
  const written = served?.digest ? [served.digest] : [];
  return {
    repository: served?.repository,
    tag: served?.tag,
    digests: [...written, ...workload.runningDigests],
  };
}
