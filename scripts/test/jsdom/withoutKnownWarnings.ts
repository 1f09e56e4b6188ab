/** What dependencies say of themselves in each test, and nobody here can change. */
const known = [
  // Material UI 4 finds its nodes so, with every version of React it allows.
  'Warning: findDOMNode is deprecated',
  // The framework's test app has a router of its own, which says nothing of it.
  '⚠️ React Router Future Flag Warning',
  // jsdom's parser does not know all that Material UI's sheets say.
  'Warning: [JSS] processedRuleToParse is not defined',
];

/** Leaves known warnings out of the log, so that it shows what is new. */
export function withoutKnownWarnings(console: Console): void {
  for (const level of ['warn', 'error'] as const) {
    const write = console[level];
    console[level] = (...words: unknown[]) => {
      const text = String(words[0]);
      if (!known.some(each => text.startsWith(each))) {
        write.apply(console, words);
      }
    };
  }
}
