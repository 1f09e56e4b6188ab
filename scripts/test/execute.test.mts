import { deepEqual, equal } from 'node:assert/strict';
import { getPriority } from 'node:os';
import { test } from 'node:test';
import { execute } from './execute.mts';

const cwd = process.cwd();

test('both outputs are told in the order in which they were written', async () => {
  const script = 'echo one; echo two >&2; echo "$1"; exit 3';
  deepEqual(await execute('sh', ['-c', script, 'sh', 'a  b'], { cwd }), {
    ok: false,
    output: 'one\ntwo\na  b\n',
  });
});

test('what is nice lets others go first', async () => {
  const own = getPriority();
  const { output } = await execute('nice', [], { cwd, niceness: 7 });
  equal(Number(output), Math.min(own + 7, 19));
  equal(Number((await execute('nice', [], { cwd })).output), own);
});
