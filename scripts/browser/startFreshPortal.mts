import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { freePorts } from '../start/ports.mts';
import { startPortal } from '../start/startPortal.mts';

/** Where the parts of a portal listen. */
export interface PortalAddresses {
  /** Page and REST routes. */
  url: string;
  /** Host and port of the sandbox registry. */
  registry: string;
  /** Control routes of the sandbox. */
  control: string;
  /** What the processes wrote. */
  logFile: string;
}

/** A portal of its own for a run of browser tests or pictures. */
export interface FreshPortal extends PortalAddresses {
  stop(): Promise<void>;
}

/**
 * Starts the production build on free ports, with an empty data folder.
 *
 * @param name - of the folder below `.data`
 * @throws Error with the log's name when a process ends before all is ready.
 */
export async function startFreshPortal(
  root: string,
  name: string,
): Promise<FreshPortal> {
  const data = join(root, '.data', name);
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true });
  const logFile = join(data, 'portal.log');
  const log = createWriteStream(logFile);
  const [backend, registry, cluster, control] = await freePorts(4);
  const portal = await startPortal({
    settings: {
      root,
      data,
      ports: { app: backend, backend, registry, cluster, control },
    },
    mode: 'built',
    openBrowser: false,
    print: line => log.write(`${line}\n`),
  });
  const stop = async () => {
    await portal.stop();
    await finished(log.end());
  };
  const ended = await Promise.race([
    portal.ready.then(() => undefined),
    portal.ended,
  ]).catch(async error => {
    await stop();
    throw error;
  });
  if (ended !== undefined) {
    await stop();
    throw new Error(`The portal ended (${ended}) at its start: ${logFile}`);
  }
  return {
    url: portal.url,
    registry: `127.0.0.1:${registry}`,
    control: `http://127.0.0.1:${control}`,
    logFile,
    stop,
  };
}
