import { Knex } from 'knex';
import { setImmediate as soon } from 'node:timers';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';

/** Ms of statements after which others get their turn. */
const LONGEST_TURN_MS = 5;
/** So many connections can be accepted then; an empty turn takes microseconds. */
const TURNS = 8;

/**
 * SQLite answers at once, so work that is nothing but statements never lets
 * the process look at its sockets, and Node accepts one connection each time
 * it does: while a hundred rollouts went on, a webhook waited ten seconds for
 * its answer. After a while of statements, the next one waits for some looks.
 */
export function giveWay(knex: Knex): void {
  const { client } = knex;
  const acquire: () => Promise<unknown> = client.acquireConnection.bind(client);
  let began: number | undefined;

  client.acquireConnection = async () => {
    const connection = await acquire();
    if (began === undefined) {
      began = performance.now();
      soon(() => {
        began = undefined;
      });
    } else if (performance.now() - began > LONGEST_TURN_MS) {
      // Whoever waits for the connection keeps its place in the queue.
      for (let turn = 0; turn < TURNS; turn++) {
        await turnOfTheLoop();
      }
    }
    return connection;
  };
}
