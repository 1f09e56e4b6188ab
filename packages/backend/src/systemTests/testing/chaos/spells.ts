import { Fault } from '@slipway/sandbox';
import { SeededRandom } from '../SeededRandom';

/** Bad weather of one kind over an API server. */
export interface Spell {
  name: string;
  fault: Fault;
  /** Real milliseconds until it is over, if it is not spent before. */
  lastsMs: number;
}

/** Longer than the portal waits for an answer. */
const BEYOND_DEADLINE_MS = 10_500;

/** What a fault may be limited to; often it is not. */
const PLACES = ['', '', '/pods', '/(deployments|statefulsets)', 'watch='];

type Kind = (random: SeededRandom) => Spell;

function between(random: SeededRandom, least: number, most: number): number {
  return least + random.below(most - least);
}

function place(random: SeededRandom): string {
  return PLACES[random.below(PLACES.length)];
}

function answers(
  code: number,
  longestMs: number,
  rest: Partial<Fault> = {},
): Kind {
  return random => ({
    name: String(code),
    fault: { effect: { kind: 'status', code }, path: place(random), ...rest },
    lastsMs: between(random, 200, longestMs),
  });
}

const kinds: readonly Kind[] = [
  random => ({
    name: 'stopped',
    fault: { effect: { kind: 'outage' } },
    lastsMs: between(random, 300, 2300),
  }),
  random => ({
    name: 'slowed',
    fault: {
      effect: { kind: 'latency', milliseconds: between(random, 50, 1500) },
      path: place(random),
    },
    lastsMs: between(random, 500, 2500),
  }),
  answers(410, 1500, { methods: ['GET'] }),
  answers(429, 1200),
  answers(500, 1500),
  answers(503, 1500),
  answers(504, 1000),
  answers(401, 800),
  random => ({
    name: 'stale',
    fault: {
      effect: { kind: 'status', code: 409 },
      methods: ['PATCH'],
      count: between(random, 1, 7),
    },
    lastsMs: 2000,
  }),
  random => ({
    name: 'answer lost',
    fault: {
      effect: { kind: 'lost-answer' },
      methods: ['PATCH'],
      count: between(random, 1, 3),
    },
    lastsMs: 3000,
  }),
  random => ({
    name: 'watches cut',
    fault: {
      effect: { kind: 'drop-watch', afterEvents: random.below(4) },
      path: place(random),
    },
    lastsMs: between(random, 200, 1500),
  }),
  random => ({
    name: 'watches expired',
    fault: { effect: { kind: 'expire-watch' }, path: place(random) },
    lastsMs: between(random, 200, 1000),
  }),
];

/** A write that is served after whoever sent it has given up. */
const lateWrite: Kind = () => ({
  name: 'write served late',
  fault: {
    effect: { kind: 'latency', milliseconds: BEYOND_DEADLINE_MS },
    methods: ['PATCH'],
    count: 1,
  },
  lastsMs: BEYOND_DEADLINE_MS,
});

/** @param options - `long`: there is time for what takes ten seconds */
export function drawSpell(
  random: SeededRandom,
  { long }: { long: boolean },
): Spell {
  const known = long ? [...kinds, lateWrite] : kinds;
  return known[random.below(known.length)](random);
}
