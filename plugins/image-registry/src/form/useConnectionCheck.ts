import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  CheckResult,
  Registry,
} from '@slipway/backstage-plugin-image-registry-common';
import { imageRegistryApiRef } from '@slipway/backstage-plugin-image-registry-react';
import { toCheckBody, toConnectionChange } from './draftBodies';
import { ReadDraft } from './readDraft';
import { RegistryDraft } from './RegistryDraft';

/** The check of a connection that is being filled in. */
export interface ConnectionCheck {
  running: boolean;
  /** Absent before the first check, and once the values differ from it. */
  result?: CheckResult;
  error?: Error;
  run(): void;
  /** Runs when the values are complete and were not checked yet. */
  runIfChanged(): void;
}

/**
 * Checks the connection of a draft: with what was entered, or, where no
 * credentials were, with those that are stored.
 */
export function useConnectionCheck(
  draft: RegistryDraft,
  reading: ReadDraft,
  saved?: Registry,
): ConnectionCheck {
  const api = useApi(imageRegistryApiRef);
  const [state, setState] = useState<{
    values?: string;
    running: boolean;
    result?: CheckResult;
    error?: Error;
  }>({ running: false });
  const controller = useRef<AbortController>();
  useEffect(() => () => controller.current?.abort(), []);

  const { provider, complete } = reading;
  const usesStored =
    saved?.hasCredentials === true &&
    !draft.anonymous &&
    Object.values(draft.credentials).every(value => value === '');
  const body = provider && toCheckBody(draft, provider);
  const values = JSON.stringify(body);

  const run = useCallback(async () => {
    if (!body) {
      return;
    }
    controller.current?.abort();
    const current = new AbortController();
    controller.current = current;
    setState({ values, running: true });
    const options = { signal: current.signal };
    try {
      const result = await (saved && usesStored
        ? api.checkRegistry(saved.id, toConnectionChange(draft, saved), options)
        : api.checkConnection(body, options));
      if (!current.signal.aborted) {
        setState({ values, running: false, result });
      }
    } catch (error) {
      if (!current.signal.aborted) {
        setState({ values, running: false, error: error as Error });
      }
    }
    // The body and the draft are one with the body's text.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [api, saved, usesStored, values]);

  const isCurrent = state.values === values;
  return {
    running: isCurrent && state.running,
    result: isCurrent ? state.result : undefined,
    error: isCurrent ? state.error : undefined,
    run,
    runIfChanged: () => {
      if (complete && !isCurrent) {
        run();
      }
    },
  };
}
