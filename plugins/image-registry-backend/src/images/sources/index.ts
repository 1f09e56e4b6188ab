export { createSourcesRouter } from './router';
export type { SourcesRouterOptions } from './router';
export { SourceService } from './SourceService';
export type {
  RunningImage,
  RunningImages,
  SourceServiceOptions,
} from './SourceService';
export { DatabaseSourceStore } from './SourceStore';
export type { ChosenSource, SourceStore } from './SourceStore';
