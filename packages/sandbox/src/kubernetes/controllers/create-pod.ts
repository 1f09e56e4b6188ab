import { assertAdmitted } from '../admission/admit';
import { Cluster } from '../cluster';
import { AnyObject, ApiObject, Pod } from '../objects';
import { pods } from '../resources/kinds';
import { StatusError } from '../status';
import { EventRecorder, EventSource } from './event-recorder';
import { controllerWrite } from './pods';

/** Simulated milliseconds until a controller tries a refused pod again. */
export const REFUSED_RETRY = 5_000;

/** What a controller does when it makes a pod. */
export interface PodCreation {
  cluster: Cluster;
  events: EventRecorder;
  owner: ApiObject;
  source: EventSource;
  /** The event's text; controllers differ in it. */
  refused?: (message: string) => string;
}

/**
 * Creates a pod through admission, as controllers do (recorded: 07c, 07d).
 *
 * @returns the pod, or why it was refused
 */
export function createPod(
  { cluster, events, owner, source, refused }: PodCreation,
  pod: Pod,
): Pod | { refusal: string } {
  try {
    assertAdmitted(cluster, pods, pod as unknown as AnyObject);
    return cluster.create(pods, pod, controllerWrite('v1'));
  } catch (error) {
    if (!(error instanceof StatusError)) {
      throw error;
    }
    events.record(owner, source, {
      type: 'Warning',
      reason: 'FailedCreate',
      message: refused?.(error.message) ?? `Error creating: ${error.message}`,
    });
    return { refusal: error.message };
  }
}
