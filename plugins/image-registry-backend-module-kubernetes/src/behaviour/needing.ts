import { abilities } from './openBehaviourCluster';

/** Registers tests that need an ability; names what lacks where they cannot run. */
export function needing(ability: keyof typeof abilities, lacking: string) {
  return (name: string, test: () => Promise<void>) =>
    abilities[ability]
      ? it(name, test)
      : it.skip(`${name} (skipped: ${lacking})`, test);
}
