import { useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  TestPull,
  TestPullProgress,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  imageRegistryApiRef,
  useImageRegistryQuery,
} from '@slipway/backstage-plugin-image-registry-react';

/** Seconds between looks where live updates do not arrive. */
const LOOK_EVERY = 2;

/** A test pull: how far it is, or why it was not made. */
export interface TestPullState {
  /** It is being made, or under way. */
  busy: boolean;
  progress?: TestPullProgress;
  /** Whole seconds since it began. */
  seconds: number;
  error?: Error;
  start(targetKey: string, body: TestPull): Promise<void>;
  /** Ends what is under way, with its pod. */
  cancel(): Promise<void>;
}

/** Starts a test pull and follows what the kubelet says. */
export function useTestPull(): TestPullState {
  const api = useApi(imageRegistryApiRef);
  const [begun, setBegun] = useState<TestPullProgress>();
  const [starting, setStarting] = useState(false);
  const [failure, setFailure] = useState<Error>();
  const [ended, setEnded] = useState<string>();
  const isOpen = begun !== undefined && ended !== begun.id;
  const seconds = useSeconds(begun?.startedAt, isOpen);
  const { value, error, refetch } = useImageRegistryQuery(
    (client, signal) => client.getTestPull(begun!.id, { signal }),
    [begun?.id],
    {
      enabled: isOpen,
      topics: ['test-pull'],
      entityRef: begun?.entityRef,
      revision: isOpen ? String(Math.floor(seconds / LOOK_EVERY)) : undefined,
    },
  );
  const progress = value && value.id === begun?.id ? value : begun;
  const isOver = progress !== undefined && progress.state !== 'running';
  useEffect(() => {
    if (isOver) {
      setEnded(progress.id);
    }
  }, [isOver, progress?.id]);

  return {
    busy: starting || isOpen,
    progress,
    seconds: progress?.endedAt
      ? secondsBetween(progress.startedAt, progress.endedAt)
      : seconds,
    error: failure ?? error,
    async start(targetKey, body) {
      setBegun(undefined);
      setFailure(undefined);
      setStarting(true);
      try {
        setBegun(await api.startTestPull(targetKey, body));
      } catch (thrown) {
        setFailure(thrown as Error);
      } finally {
        setStarting(false);
      }
    },
    async cancel() {
      if (!begun || !isOpen) {
        return;
      }
      try {
        await api.cancelTestPull(begun.id);
        refetch();
      } catch (thrown) {
        setFailure(thrown as Error);
      }
    },
  };
}

/** Counts from when the page heard of it: the clocks may differ. */
function useSeconds(startedAt: string | undefined, counting: boolean): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (!startedAt || !counting) {
      return undefined;
    }
    const since = Date.now();
    setSeconds(0);
    const timer = setInterval(
      () => setSeconds(Math.floor((Date.now() - since) / 1000)),
      1000,
    );
    return () => clearInterval(timer);
  }, [startedAt, counting]);
  return seconds;
}

function secondsBetween(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
}
