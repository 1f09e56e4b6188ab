/**
 * The web library of the image registry suite: the client of its backend, the
 * image picker, and the words, states and small pieces its pages share.
 *
 * @packageDocumentation
 */
export * from './api';
export * from './hooks';
export * from './components';
export * from './details';
export * from './picker';
export * from './protection';
export {
  imageRegistryTranslationRef,
  useTranslate,
  type Translate,
} from './translation';
