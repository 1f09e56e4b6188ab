import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const transform = require.resolve(
  '@backstage/cli-node/config/nodeTransform.cjs',
);

/** Logs what is uncaught, as the framework does, and ends when told to. */
const program = `
  require(${JSON.stringify(resolve(__dirname, 'endWithoutReader.ts'))})
    .endWithoutReader();
  let uncaught = 0;
  process.on('uncaughtException', error => {
    uncaught += 1;
    process.stdout.write(String(error));
  });
  process.once('SIGTERM', () => {
    process.stdout.write('ending');
    setImmediate(() => process.exit(uncaught === 0 ? 42 : 1));
  });
  process.stdin.once('data', () => process.stdout.write('a line'));
  process.stdout.write('ready');
`;

describe('endWithoutReader', () => {
  it.each(['stdout', 'stderr'] as const)(
    'ends in order when nobody reads %s',
    async name => {
      const child = spawn(
        process.execPath,
        [
          '--require',
          transform,
          '--eval',
          program.replaceAll('process.stdout', `process.${name}`),
        ],
        { env: { ...process.env, NODE_OPTIONS: '' }, stdio: 'pipe' },
      );
      try {
        await once(child[name], 'data');
        child[name].destroy();
        const ended = once(child, 'exit');
        child.stdin.write('go on\n');
        expect(await ended).toEqual([42, null]);
      } finally {
        child.kill('SIGKILL');
      }
    },
  );
});
