/** Says whether the labels of an object meet a selector. */
export type LabelTest = (labels: Readonly<Record<string, string>>) => boolean;

const NAME = '[A-Za-z0-9./_-]+';
const VALUE = '[A-Za-z0-9._-]*';
const COMMA_BETWEEN_REQUIREMENTS = /,(?![^(]*\))/;
const SET = new RegExp(`^(${NAME})\\s+(in|notin)\\s+\\(([^()]*)\\)$`);
const EQUALITY = new RegExp(`^(${NAME})\\s*(==|=|!=)\\s*(${VALUE})$`);
const EXISTENCE = new RegExp(`^(!?)\\s*(${NAME})$`);

/**
 * A selector as the query parameter `labelSelector` writes it, as a test.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
 *
 * @returns undefined for what only the API server can judge
 */
export function labelTest(selector: string): LabelTest | undefined {
  const tests = selector
    .split(COMMA_BETWEEN_REQUIREMENTS)
    .map(requirement => requirementTest(requirement.trim()));
  return tests.every(test => test !== undefined)
    ? labels => tests.every(test => test(labels))
    : undefined;
}

function requirementTest(requirement: string): LabelTest | undefined {
  const [, setKey, operator, list] = SET.exec(requirement) ?? [];
  if (setKey) {
    const values = list.split(',').map(value => value.trim());
    return oneOf(setKey, values, operator === 'in');
  }
  const [, key, sign, value] = EQUALITY.exec(requirement) ?? [];
  if (key) {
    return oneOf(key, [value], sign !== '!=');
  }
  const [, not, name] = EXISTENCE.exec(requirement) ?? [];
  return name
    ? labels => Object.hasOwn(labels, name) === (not === '')
    : undefined;
}

/** An object without the label is not one of the values, and meets `notin`. */
function oneOf(
  key: string,
  values: readonly string[],
  wanted: boolean,
): LabelTest {
  return labels =>
    (Object.hasOwn(labels, key) && values.includes(labels[key])) === wanted;
}
