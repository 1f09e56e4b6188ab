import { ReactNode } from 'react';
import { MemoryRouter } from 'react-router-dom';

/** The router of an app under test, as portals have it: it says what it does not do yet. */
export function routerAt(...entries: string[]) {
  return function Router({ children }: { children?: ReactNode }) {
    return (
      <MemoryRouter
        initialEntries={entries}
        future={{ v7_relativeSplatPath: false, v7_startTransition: false }}
      >
        {children}
      </MemoryRouter>
    );
  };
}
