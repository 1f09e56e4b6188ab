import { useEffect, useState } from 'react';

/** Cards that are drawn at once, and added in each frame after. */
const STEP = 3;

/**
 * How many cards to draw now: few at first, so that something stands there at
 * once, and more with each frame until it is the most.
 */
export function useGrowingCount(most: number): number {
  const [count, setCount] = useState(STEP);
  useEffect(() => {
    if (count >= most) {
      return undefined;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      // After that frame is drawn.
      timer = setTimeout(() => setCount(count + STEP));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [count, most]);
  return Math.min(count, most);
}
