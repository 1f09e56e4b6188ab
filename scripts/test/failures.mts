import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** A test that failed, or a check that did. */
export interface Failure {
  /** Path from the root of the repository; a check has none. */
  file?: string;
  /** With the names of all blocks around it. */
  name: string;
  /** What its runner said, without colours. */
  message: string;
}

/** The parts that we read of the file that Jest's `--json` writes. */
export interface JestFiles {
  testResults: {
    /** Absolute path of the file. */
    name: string;
    status: string;
    /** Of all tests of the file, or why none of them could run. */
    message: string;
    assertionResults: {
      fullName: string;
      status: string;
      failureMessages: string[];
    }[];
  }[];
}

/** A file or a block of it in Playwright's JSON report. */
interface PlaywrightSuite {
  title: string;
  file: string;
  suites?: PlaywrightSuite[];
  specs: {
    title: string;
    ok: boolean;
    tests: { results: { errors: PlaywrightError[] }[] }[];
  }[];
}

interface PlaywrightError {
  message?: string;
}

/** The parts that we read of Playwright's JSON report. */
export interface PlaywrightSuites {
  /** `rootDir`: absolute path that files are told from. */
  config: { rootDir: string };
  suites: PlaywrightSuite[];
  errors: PlaywrightError[];
}

/** Lines of all messages together, and of one at most. */
const LINES = 80;
const LINES_OF_ONE = 20;
/** Longest line; what a page holds is told in lines of a thousand. */
const COLUMNS = 200;

export function failuresOfJest(
  { testResults }: JestFiles,
  root: string,
): Failure[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter(each => each.status === 'failed');
    if (failed.length === 0 && status === 'failed') {
      return [{ file, name: 'the file cannot be run', message }];
    }
    return failed.map(({ fullName, failureMessages }) => ({
      file,
      name: fullName,
      message: failureMessages.join('\n'),
    }));
  });
}

export function failuresOfPlaywright(
  { config, suites, errors }: PlaywrightSuites,
  root: string,
): Failure[] {
  return [
    ...suites
      .flatMap(suite => failuresOfSuite(suite, []))
      .map(failure => ({
        ...failure,
        file: relative(root, `${config.rootDir}/${failure.file}`),
      })),
    ...errors.map(({ message = '' }) => ({
      name: 'outside of a test',
      message,
    })),
  ];
}

function failuresOfSuite(
  { file, suites = [], specs }: PlaywrightSuite,
  blocks: string[],
): Failure[] {
  return [
    ...specs
      .filter(({ ok }) => !ok)
      .map(({ title, tests }) => ({
        file,
        name: [...blocks, title].join(' › '),
        message: tests
          .flatMap(({ results }) => results.at(-1)?.errors ?? [])
          .map(({ message = '' }) => message)
          .join('\n'),
      })),
    ...suites.flatMap(suite =>
      failuresOfSuite(suite, [...blocks, suite.title]),
    ),
  ];
}

/** Tests of a TAP report of `node --test` that failed by themselves. */
export function failuresOfTap(report: string, root: string): Failure[] {
  const tests = report.matchAll(
    /^( *)not ok \d+ - (.*)\n\1 {2}---\n([\s\S]*?)\n\1 {2}\.\.\.$/gm,
  );
  return [...tests]
    .filter(([, , , facts]) => !facts.includes("'subtestsFailed'"))
    .map(([, , name, facts]) => {
      const location = facts.match(/location: '(.*):\d+:\d+'/)?.[1];
      return {
        file: location && relative(root, location),
        name,
        message: facts.slice(Math.max(0, facts.search(/^ *error:/m))),
      };
    });
}

/**
 * The end of a log, by which somebody who sees nothing else knows what to do.
 *
 * @returns no line where nothing failed
 */
export function failureLines(
  failures: readonly Failure[],
  title: string = 'failed',
): string[] {
  if (failures.length === 0) {
    return [];
  }
  const told = failures.slice(0, LINES / 2);
  const room = Math.min(LINES_OF_ONE, Math.floor(LINES / told.length) - 1);
  const more = failures.length - told.length;
  return [
    `${title} (${failures.length}):`,
    ...told.flatMap(({ file, name, message }) => [
      `✘ ${[file, name].filter(Boolean).join(' › ')}`,
      ...firstLines(message, room),
    ]),
    ...(more > 0 ? [`and ${more} more`] : []),
  ].map(line => line.slice(0, COLUMNS));
}

function firstLines(message: string, count: number): string[] {
  return stripVTControlCharacters(message)
    .split('\n')
    .filter(line => line.trim() !== '')
    .slice(0, count)
    .map(line => `    ${line}`);
}
