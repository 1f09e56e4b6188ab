import { deepEqual, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { inTurns, type Task } from './inTurns.mts';

/** Tasks that end when they are told to. */
function controlled(names: string[]) {
  const begun: string[] = [];
  const end = new Map<string, () => void>();
  const task = (name: string, after?: string): Task => ({
    name,
    after,
    run: () => {
      begun.push(name);
      return new Promise(resolve => {
        end.set(name, resolve);
      });
    },
  });
  return {
    begun,
    tasks: names.map(each => {
      const [name, after] = each.split(' after ');
      return task(name, after);
    }),
    async finish(name: string) {
      end.get(name)!();
      await new Promise(setImmediate);
    },
  };
}

test('so many run at a time, in their order', async () => {
  const { begun, tasks, finish } = controlled(['a', 'b', 'c', 'd']);
  const done = inTurns(tasks, 2);
  deepEqual(begun, ['a', 'b']);
  await finish('b');
  deepEqual(begun, ['a', 'b', 'c']);
  await finish('a');
  await finish('c');
  await finish('d');
  await done;
});

test('what has to wait is overtaken', async () => {
  const { begun, tasks, finish } = controlled(['a', 'b after a', 'c']);
  const done = inTurns(tasks, 2);
  deepEqual(begun, ['a', 'c']);
  await finish('a');
  deepEqual(begun, ['a', 'c', 'b']);
  await finish('b');
  await finish('c');
  await done;
});

test('a task that takes more places begins when they are free', async () => {
  const { begun, tasks, finish } = controlled(['a', 'b', 'c', 'd']);
  const done = inTurns(
    tasks.map((task, n) => ({ ...task, places: n === 1 ? 3 : 1 })),
    2,
  );
  deepEqual(begun, ['a', 'c']);
  await finish('a');
  deepEqual(begun, ['a', 'c', 'd']);
  await finish('c');
  deepEqual(begun, ['a', 'c', 'd']);
  await finish('d');
  deepEqual(begun, ['a', 'c', 'd', 'b']);
  await finish('b');
  await done;
});

test('a task does not wait for one that is not there', async () => {
  const { begun, tasks, finish } = controlled(['b after a']);
  const done = inTurns(tasks, 1);
  deepEqual(begun, ['b']);
  await finish('b');
  await done;
});

test('an error ends it when all that began have ended', async () => {
  const ended: string[] = [];
  const tasks: Task[] = [
    { name: 'a', run: async () => Promise.reject(new Error('broken')) },
    {
      name: 'b',
      run: async () => {
        await new Promise(setImmediate);
        ended.push('b');
      },
    },
    {
      name: 'c',
      run: async () => {
        ended.push('c');
      },
    },
  ];
  await rejects(inTurns(tasks, 2), /broken/);
  deepEqual(ended, ['b']);
});

test('tasks that wait for each other are a mistake', async () => {
  const { tasks } = controlled(['a after b', 'b after a']);
  await rejects(inTurns(tasks, 2), /a and b wait for each other/);
});
