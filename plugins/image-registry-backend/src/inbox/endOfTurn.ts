import { setImmediate as nextTurn } from 'node:timers/promises';

let end: Promise<void> | undefined;

/**
 * Resolves at the end of the event loop's present turn, by one promise for all
 * who ask within the turn: they go on directly one behind the other.
 *
 * What comes at the same time from many sockets is cheaper so: between the
 * reads of two sockets, the code and data of a step have left the processor's
 * caches, and the same step costs several times as much.
 */
export function endOfTurn(): Promise<void> {
  end ??= nextTurn().then(() => {
    end = undefined;
  });
  return end;
}
