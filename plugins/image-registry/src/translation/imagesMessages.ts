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
