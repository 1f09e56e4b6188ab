const KEY = 'slipway.developmentPerson';

/** Names of the people whom the development sign-in of the backend knows. */
export const personNames = ['admin', 'owner', 'owner2', 'outsider'] as const;

/** One of the {@link personNames}. */
export type PersonName = (typeof personNames)[number];

/** Whom this browser tab has chosen, if anybody. */
export function readChosenPerson(): PersonName | undefined {
  const stored = window.sessionStorage.getItem(KEY);
  return personNames.find(name => name === stored);
}

/** Remembers the choice until the tab is closed. */
export function rememberChosenPerson(name: PersonName) {
  window.sessionStorage.setItem(KEY, name);
}

/** The next visit asks again. */
export function forgetChosenPerson() {
  window.sessionStorage.removeItem(KEY);
}
