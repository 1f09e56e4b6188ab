import { resolve } from 'node:path';

/** Where things are and which ports they take. */
export interface Settings {
  root: string;
  /** Ignored folder that survives restarts. */
  data: string;
  ports: {
    app: number;
    backend: number;
    registry: number;
    cluster: number;
    control: number;
    vendors: number;
  };
  /** Simulated seconds in a second of the sandbox cluster; 1 when absent. */
  clusterSpeed?: number;
}

function port(name: string, fallback: number): number {
  const value = process.env[name];
  if (value === undefined || value === '') {
    return fallback;
  }
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 65535) {
    throw new Error(`${name} must be a port number, not '${value}'`);
  }
  return number;
}

/** Reads the environment; the defaults are those of app-config.yaml. */
export function readSettings(root: string): Settings {
  return {
    root,
    data: resolve(root, process.env.SLIPWAY_DATA || '.data'),
    ports: {
      app: port('SLIPWAY_APP_PORT', 3000),
      backend: port('SLIPWAY_BACKEND_PORT', 7007),
      registry: port('SLIPWAY_REGISTRY_PORT', 5001),
      cluster: port('SLIPWAY_CLUSTER_PORT', 6444),
      control: port('SLIPWAY_CONTROL_PORT', 7008),
      vendors: port('SLIPWAY_VENDORS_PORT', 7009),
    },
  };
}
