/**
 * How long the steps of a pod take, in simulated milliseconds, read off the
 * recordings (02, 03, 04): one fast node with cached images.
 */
export const TIMING = {
  /** Pod created → bound to a node. */
  scheduling: 3,
  /** Bound → first status of the kubelet (ContainerCreating). */
  accepting: 12,
  /** ContainerCreating → network and volumes are there, images are next. */
  sandbox: 375,
  /** Image looked up → PodReadyToStartContainers is reported. */
  sandboxReported: 6,
  /** Image there → container created. */
  creating: 9,
  /** Created → started. */
  starting: 47,
  /** Started → Running is reported. */
  running: 6,
  /** Running → the first probe succeeds. */
  probing: 8,
  /** Duration of the first pull of an image on a node. */
  pulling: 800,
  /** A second pod that starts at the same time is later by this. */
  startStagger: 25,
  /** Deletion asked for → the kubelet stops the containers. */
  stopping: 22,
  /** Killed after its grace period → reported as ended. */
  killed: 1100,
  /** No container of the sandbox ignores SIGTERM longer than this. */
  longestStop: 3000,
  /** Ended → the API object is removed. */
  removal: 508,
  /** Deletion of a pod whose containers never started. */
  removalUnstarted: 200,
  stopStagger: 12,
  /** How long a -slow image takes to be ready. */
  slow: 20_000,
  /** A container that is meant to end, ends after this. */
  completion: 300,
} as const;

/** Start of each pull of an image that cannot be pulled, from the first. */
export const PULL_ATTEMPTS = [0, 10_620, 37_600, 80_000, 160_000, 320_000];
/** Pulls after the last of the list. */
export const PULL_INTERVAL = 300_000;

/** How long a crashing container runs: first, second, third and later runs. */
export const CRASH_RUNS = [100, 921, 544, 641];
/** A container that crashed once is restarted at once. */
export const FIRST_RESTART = 84;
/** Crash reported → CrashLoopBackOff reported. */
export const BACK_OFF_REPORTED = 1002;
/** First back-off in seconds; it doubles with each crash. */
export const FIRST_BACK_OFF = 10;
/** Between two looks for a configuration that is missing. */
export const CONFIGURATION_INTERVAL = 12_000;
/** Between two probes, the API's default. */
export const PROBE_PERIOD = 10_000;
