/** One of the people whom the development sign-in offers. */
export interface DevelopmentPerson {
  /** Name of the User entity in the default namespace. */
  name: string;
  displayName: string;
  email: string;
  /** Names of the Group entities that the person belongs to. */
  groups: string[];
}

/**
 * The same people as in `examples/organization.yaml`. They are listed here as
 * well so that the first sign-in need not wait until the catalog has read them.
 */
export const developmentPeople: DevelopmentPerson[] = [
  {
    name: 'admin',
    displayName: 'Ada Admin',
    email: 'admin@example.com',
    groups: ['admins'],
  },
  {
    name: 'owner',
    displayName: 'Olivia Owner',
    email: 'owner@example.com',
    groups: ['team-shop'],
  },
  {
    name: 'owner2',
    displayName: 'Otto Owner',
    email: 'owner2@example.com',
    groups: ['team-shop'],
  },
  {
    name: 'outsider',
    displayName: 'Oscar Outsider',
    email: 'outsider@example.com',
    groups: ['team-other'],
  },
];
