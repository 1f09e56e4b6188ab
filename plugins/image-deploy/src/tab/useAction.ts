import { useCallback, useRef, useState } from 'react';

/** Something that a button does, with its failure for the person to read. */
export interface Action {
  run(): Promise<void>;
  busy: boolean;
  error?: Error;
}

/** Runs what a button does once at a time, and keeps why it failed. */
export function useAction(act: () => Promise<void>): Action {
  const latest = useRef(act);
  latest.current = act;
  const [state, setState] = useState<{ busy: boolean; error?: Error }>({
    busy: false,
  });
  const run = useCallback(async () => {
    setState({ busy: true });
    try {
      await latest.current();
      setState({ busy: false });
    } catch (error) {
      setState({ busy: false, error: error as Error });
    }
  }, []);
  return { run, ...state };
}
