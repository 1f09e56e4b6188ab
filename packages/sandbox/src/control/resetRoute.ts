import { ControlRoute } from './ControlRoute';

/** Takes a sandbox back to its seed. */
export function resetRoute(reset: () => Promise<void>): ControlRoute {
  return {
    method: 'POST',
    path: '/reset',
    handle: async () => {
      await reset();
      return { body: { reset: true } };
    },
  };
}
