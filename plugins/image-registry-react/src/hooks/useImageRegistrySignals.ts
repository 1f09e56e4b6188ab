import { useEffect, useRef } from 'react';
import { useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  IMAGE_REGISTRY_SIGNAL_CHANNEL,
  ImageRegistrySignal,
} from '@slipway/backstage-plugin-image-registry-common';

/**
 * Calls back for every live update of the backend.
 *
 * Subscribes itself instead of `useSignal`, which keeps the last message only:
 * of two that come in one render, the first would be lost.
 *
 * @returns whether the portal has signals at all
 * @public
 */
export function useImageRegistrySignals(
  onSignal: (signal: ImageRegistrySignal) => void,
): { available: boolean } {
  const signals = useApiHolder().get(signalApiRef);
  const latest = useRef(onSignal);
  latest.current = onSignal;

  useEffect(() => {
    const subscription = signals?.subscribe<ImageRegistrySignal>(
      IMAGE_REGISTRY_SIGNAL_CHANNEL,
      message => latest.current(message),
    );
    return () => subscription?.unsubscribe();
  }, [signals]);

  return { available: Boolean(signals) };
}
