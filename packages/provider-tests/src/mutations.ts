import fc from 'fast-check';

/** One place of a body, and what becomes of it. */
type Change = (holder: Holder, key: string) => void;
type Holder = Record<string, unknown>;

/** Characters of a text that is too long for any name. */
const HUGE = 70_000;

/** Values that stand where others are expected. */
const strangers = fc.constantFrom<unknown>(
  null,
  true,
  0,
  -1,
  1e308,
  8.64e15 + 1,
  '',
  ' ',
  [],
  {},
  [[[[]]]],
  'not a tag',
  '../../etc',
  'a:b@c',
  'UPPER/Case',
  'constructor',
  '__proto__',
  'toString',
  'sha256:short',
  `sha256:${'ab'.repeat(32)}`,
  `sha256-${'ab'.repeat(32)}.sig`,
  'line\nbreak',
  'nul\u0000',
  '\ud800',
  'x'.repeat(HUGE),
  { name: 'web', tag: { name: 1 } },
);

function inAnotherCase(key: string): string {
  const upper = key.toUpperCase();
  return upper === key ? key.toLowerCase() : upper;
}

const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.constant<Change>((holder, key) => {
    delete holder[key];
  }),
  strangers.map<Change>(value => (holder, key) => {
    // Calls must not share what later changes go into.
    holder[key] = structuredClone(value);
  }),
  fc.constant<Change>((holder, key) => {
    holder[key] = [holder[key]];
  }),
  fc.constant<Change>((holder, key) => {
    const value = holder[key];
    if (Array.isArray(value)) {
      holder[key] = [...value, ...value, null, ...value];
    } else {
      holder[key] = { ...(value as object), [key]: value };
    }
  }),
  fc.constant<Change>((holder, key) => {
    const { [key]: value } = holder;
    delete holder[key];
    holder[inAnotherCase(key)] = value;
  }),
  fc.string({ maxLength: 12 }).map<Change>(name => (holder, key) => {
    const { [key]: value } = holder;
    delete holder[key];
    holder[name] = value;
  }),
  fc.constant<Change>((holder, key) => {
    holder[`${key}_of_tomorrow`] = { deep: [holder[key]] };
  }),
);

/** One thing that is wrong with a body. */
export interface Mutation {
  /** Which place, counted through all of the body. */
  at: number;
  change: Change;
}

/** All places of a body, the outermost first. */
function placesOf(value: unknown): Array<[Holder, string]> {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const holder = value as Holder;
  return Object.keys(holder).flatMap(key => [
    [holder, key] as [Holder, string],
    ...placesOf(holder[key]),
  ]);
}

/** One to four things that are wrong with a body. */
export const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.record({ at: fc.nat({ max: 500 }), change: changes }),
  { minLength: 1, maxLength: 4 },
);

/** A body with those things wrong, as JSON. */
export function mutated(body: unknown, wrongs: readonly Mutation[]): string {
  const copy = structuredClone({ body });
  for (const { at, change } of wrongs) {
    const places = placesOf(copy);
    const [holder, key] = places[at % places.length] ?? [copy, 'body'];
    change(holder, key);
  }
  // What was deleted altogether is an empty body.
  return JSON.stringify(copy.body) ?? '';
}
