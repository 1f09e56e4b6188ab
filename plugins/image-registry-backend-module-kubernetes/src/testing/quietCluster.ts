import { answer, Script } from './ScriptedApiServer';

/** A cluster that works and has nothing in it. */
export const quietCluster: Script = ({ path }, response) =>
  path === '/version'
    ? answer(response, 200, { gitVersion: 'v1.36.2' })
    : answer(response, 200, { metadata: { resourceVersion: '1' }, items: [] });
