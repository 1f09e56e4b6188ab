/** The images tab and the card of a component. */
export const imagesMessages = {
  'images.source': 'Source:',
  'images.sourceOf': 'Images of',
  'images.origin.catalog': 'from catalog-info.yaml',
  'images.origin.chosen': 'chosen by a person',
  'images.origin.inferred': 'learned from what runs',
  'images.change': 'Change',
  'images.changeTitle': 'Where do the images come from?',
  'images.fromCatalog':
    'The annotation image-registry/repository in catalog-info.yaml decides; change it there.',
  'images.runningIn': 'Running in',
  'images.deploy': 'Deploy…',
  'deployImage.title': 'Deploy to which component?',
  'deployImage.text':
    'Its deploy tab then asks where, and shows what would change and what stands against it.',
  'deployImage.component': 'Component',
  'deployImage.helper': 'Only components that you may deploy to are offered.',
  'deployImage.more':
    'Only components that you may deploy to are offered. Type a name to find more.',
  'deployImage.loading': 'Looking for components…',
  'deployImage.none': 'No component found that you may deploy to.',
  'deployImage.typeName':
    'None of the first components may be deployed to by you. Type a name to find others.',
  'deployImage.using': 'Auto deploy takes this repository',
  'deployImage.others': 'Other components',
  'deployImage.goOn': 'Go on',
  'images.noSource':
    'Nobody has said yet where the images of {{name}} come from',
  'images.noSourceHelper':
    'Choose the repository, or add the annotation image-registry/repository to catalog-info.yaml.',
  'images.notConnected': 'No connected registry serves {{host}}',
  'images.notConnectedHelper':
    'An administrator can connect it on the page Image registries; or choose a repository of a connected registry.',
  'images.useThis': 'Use this one',
  'images.choose': 'Choose a repository',
  'card.title': 'Newest images',
  'card.open': 'All images',
  'card.noSource': 'Nobody has said yet where the images come from.',
} as const;
