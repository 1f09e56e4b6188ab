/** Thrown when another worker, or a person, has taken the rollout meanwhile. */
export class LostLeaseError extends Error {
  constructor(id: string) {
    super(`Rollout ${id} is not this worker's any more`);
    this.name = 'LostLeaseError';
  }
}
