/** Work that may have to wait for other work. */
export interface Task {
  name: string;
  /** Name of the task that has to end before; ignored when there is none. */
  after?: string;
  /** How many it takes; default 1. One that takes more than all takes all. */
  places?: number;
  run(): Promise<void>;
}

/**
 * Runs tasks in their order, several at a time. A task that has to wait is
 * overtaken by the next one that need not.
 *
 * @param places - what those that run at a time may take together
 * @throws Error of the first task that fails, when all that began have ended
 */
export async function inTurns(
  tasks: readonly Task[],
  places: number,
): Promise<void> {
  const waiting = [...tasks];
  const open = new Set(tasks.map(({ name }) => name));
  const running = new Set<Promise<void>>();
  let free = places;
  const failures: unknown[] = [];
  while (waiting.length > 0 && failures.length === 0) {
    const next = waiting.findIndex(
      task =>
        (task.after === undefined || !open.has(task.after)) &&
        taken(task, places) <= free,
    );
    if (next < 0 && running.size === 0) {
      throw new Error(
        `${waiting.map(({ name }) => name).join(' and ')} wait for each other`,
      );
    }
    if (next < 0) {
      await Promise.race(running);
      continue;
    }
    const [task] = waiting.splice(next, 1);
    free -= taken(task, places);
    const run = task
      .run()
      .catch(error => {
        failures.push(error);
      })
      .finally(() => {
        open.delete(task.name);
        free += taken(task, places);
        running.delete(run);
      });
    running.add(run);
  }
  await Promise.all(running);
  if (failures.length > 0) {
    throw failures[0];
  }
}

function taken({ places = 1 }: Task, all: number): number {
  return Math.min(places, all);
}
