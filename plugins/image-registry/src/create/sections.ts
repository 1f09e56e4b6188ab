import { FieldProblem } from '@slipway/backstage-plugin-image-registry-common';

/** The parts of the form that can be folded, in their order. */
export const foldedSections = [
  'resources',
  'ports',
  'env',
  'probes',
  'volumes',
  'exposure',
  'container',
] as const;

/** {@inheritDoc foldedSections} */
export type FoldedSection = (typeof foldedSections)[number];

/** First steps of the paths of each section's fields. */
const steps: Readonly<Record<FoldedSection, readonly string[]>> = {
  resources: ['replicas', 'requests', 'limits'],
  ports: ['ports'],
  env: ['env'],
  probes: ['readiness', 'liveness', 'startup'],
  volumes: ['volumes'],
  exposure: ['service', 'ingress'],
  container: [
    'command',
    'arguments',
    'restricted',
    'runAsUser',
    'architecture',
    'serviceAccount',
    'pullSecrets',
  ],
};

/** The section that has a field; undefined for those that are never folded. */
export function sectionOf(path: string): FoldedSection | undefined {
  const [first] = path.split('.');
  return foldedSections.find(section => steps[section].includes(first));
}

/** How many fields of a section are wrong. */
export function countIn(
  section: FoldedSection,
  problems: readonly FieldProblem[],
): number {
  return new Set(
    problems
      .filter(({ path }) => sectionOf(path) === section)
      .map(({ path }) => path),
  ).size;
}
