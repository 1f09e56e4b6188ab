import {
  createTranslationRef,
  createTranslationResource,
} from '@backstage/core-plugin-api/alpha';

/** Words of the portal itself: its sign-in page and its sidebar. */
export const appTranslationRef = createTranslationRef({
  id: 'app',
  messages: {
    navigation: {
      menu: 'Menu',
      catalog: 'Catalog',
      registries: 'Registries',
      createFromImage: 'Create',
      notifications: 'Notifications',
      settings: 'Settings',
    },
    layout: {
      language: 'Language',
    },
    people: {
      label: 'People',
      title: 'Who do you want to be?',
      description:
        'This is a development portal: choose a person, no password is needed. The three components of the shop belong to Team Shop.',
      remembered:
        'The choice is kept until you close this tab or sign out. Another tab can be somebody else.',
      signInAs: 'Sign in as {{name}}',
      may: 'May:',
      mayNot: 'May not:',
      admin: {
        role: 'Administrator of the portal',
        registries: 'Connects registries, names environments, makes webhooks',
        everything: 'Deploys and changes every component',
      },
      owner: {
        role: 'Member of Team Shop',
        deploy: 'Deploys and rolls back web, api and worker',
        policies: 'Writes their auto-build policies, sets and lifts holds',
        registries: 'Changes registries or environments',
      },
      owner2: {
        role: 'Another member of Team Shop',
        same: 'Does everything that Olivia Owner may do',
        second: 'Is the second person when two deploy at once',
      },
      outsider: {
        role: 'Member of Team Other',
        read: 'Sees registries, images and what runs',
        deploy: 'Deploys or changes anything of the shop',
      },
    },
    failed: {
      title: 'Sign-in did not work',
      hint: 'Right after a start the backend may need a few more seconds.',
      retry: 'Try again',
      chooseAgain: 'Choose another person',
    },
    missingProvider: {
      title: 'This portal has no sign-in yet',
      description:
        'The development sign-in is off. Somebody who runs this portal must configure an authentication provider: the comments in app-config.production.yaml name the three steps.',
    },
  },
});

/**
 * Its translations. They are not part of the ref itself, because their type
 * is derived from it.
 */
export const appTranslations = createTranslationResource({
  ref: appTranslationRef,
  translations: { zh: () => import('./zh') },
});
