import {
  createFrontendModule,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';

/** Opens the catalog at `/`. */
export const homeModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    PageBlueprint.make({
      name: 'home',
      params: {
        path: '/',
        noHeader: true,
        loader: () => import('./Home').then(({ Home }) => <Home />),
      },
    }),
  ],
});
