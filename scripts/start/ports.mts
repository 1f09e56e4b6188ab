import { connect, createServer } from 'node:net';

/** Whether nobody listens on the port yet. */
export async function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}

/** Whether somebody accepts connections on the port. */
export async function isOpen(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Throws, naming the ports that somebody else uses. */
export async function requireFree(ports: { [name: string]: number }) {
  const taken: string[] = [];
  for (const [name, port] of Object.entries(ports)) {
    if (!(await isFree(port))) {
      taken.push(`${name} (SLIPWAY_${name.toUpperCase()}_PORT): ${port}`);
    }
  }
  if (taken.length > 0) {
    throw new Error(
      `These ports are in use, is another portal running? ${taken.join(', ')}`,
    );
  }
}
