const { default: Sequencer } = require('@jest/test-sequencer');

/** A long test that begins last is waited for alone. */
const slowest = [
  'systemTests/crash.test.ts',
  'systemTests/replicas.test.ts',
  'systemTests/failures.test.ts',
  // Tables of many rows, and starts of processes, in small files.
  'mutatedWebhooks.test.ts',
  'startSandbox.test.ts',
  'badInput.test.ts',
];

/** Begins with the slowest files; Jest orders the others, by their size. */
module.exports = class SlowestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => {
      const index = slowest.findIndex(name => path.endsWith(name));
      return index < 0 ? slowest.length : index;
    };
    return [...super.sort(tests)].sort((a, b) => place(a) - place(b));
  }
};
