import { useEffect, useState } from 'react';

/**
 * The value once it has not changed for a while.
 *
 * @param delay - in ms
 * @public
 */
export function useDebounced<T>(value: T, delay = 250): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delay);
    return () => clearTimeout(timer);
  }, [value, delay]);
  return settled;
}
