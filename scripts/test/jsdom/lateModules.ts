import { type ReactNode } from 'react';

/**
 * What the framework's components ask for when they are loaded, and few pages
 * draw: a third of the time that a test file takes to load. With each of them
 * what every page uses of it.
 */
const late: Record<string, Record<string, unknown>> = {
  '@backstage/ui': {
    // Tells these components of routes and analytics, and nobody else.
    BUIProvider: ({ children }: { children: ReactNode }) => children,
  },
  'material-ui-popup-state/HoverPopover': {},
  'material-ui-popup-state/hooks': {},
  'react-markdown': {},
  'rehype-raw': {},
  'remark-gfm': {},
};

/** Loads these modules in a test file only when something of them is used. */
export function lateModules(): void {
  for (const [name, known] of Object.entries(late)) {
    jest.mock(name, () => whenUsed(known, () => jest.requireActual(name)));
  }
}

/**
 * Stands in for an ES module, which is loaded at the first look into it.
 *
 * @param known - what it need not be loaded for
 */
function whenUsed(known: Record<string, unknown>, load: () => object): object {
  return new Proxy(
    // Importers ask this at once, to know where the default export is.
    { ...known, __esModule: true },
    {
      get: (target, name) =>
        Reflect.get(name in target ? target : load(), name),
      has: (target, name) => name in target || name in load(),
      ownKeys: () => Reflect.ownKeys(load()),
      getOwnPropertyDescriptor: (_, name) => {
        const found = Reflect.getOwnPropertyDescriptor(load(), name);
        return found && { ...found, configurable: true };
      },
    },
  );
}
