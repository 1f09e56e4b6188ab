import {
  createCertificateAuthority,
  createServerCertificate,
} from '@slipway/sandbox';
import { ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as requestPlain } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { eventually } from './eventually';
import { freePort } from './freePort';

const run = promisify(execFile);

/** The one person whom the registry lets in, with a bcrypt hash for htpasswd. */
export const robot = {
  username: 'robot',
  password: 'push and pull',
  htpasswd:
    'robot:$2b$05$abcdefghijklmnopqrstuul86fa7fnHeM3bMgvbfTIgrTYSB2yTpS',
};

/** Which of the programs that the test of a real registry needs are missing. */
export function missingPrograms(): string[] {
  return ['docker-registry', 'skopeo'].filter(
    program => spawnSync(program, ['--version']).status !== 0,
  );
}

/** Where a registry tells of pushes. */
export interface Notifications {
  url: string;
  /** Value of the Authorization header. */
  authorization: string;
}

/** Debian's docker-registry, by default with a password and TLS. */
export class DockerRegistry {
  #child: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    /** PEM of the authority that signed the registry's certificate. */
    readonly caCertificate: string,
    private readonly folder: string,
    private readonly open: boolean,
  ) {}

  /**
   * Makes certificate and password file; nothing runs yet.
   *
   * @param options - `open`: plain http, and nobody is asked for a password
   */
  static async prepare(
    options: { open?: boolean } = {},
  ): Promise<DockerRegistry> {
    const folder = await mkdtemp(join(tmpdir(), 'slipway-registry-'));
    const authority = await createCertificateAuthority();
    const server = await createServerCertificate(authority, [
      '127.0.0.1',
      'localhost',
    ]);
    // The folder that skopeo takes as --cert-dir.
    await mkdir(join(folder, 'trust'));
    await writeFile(join(folder, 'trust', 'ca.crt'), authority.ca);
    await writeFile(join(folder, 'server.crt'), server.certificate);
    await writeFile(join(folder, 'server.key'), server.key, { mode: 0o600 });
    await writeFile(join(folder, 'htpasswd'), `${robot.htpasswd}\n`);
    return new DockerRegistry(
      await freePort(),
      authority.ca,
      folder,
      options.open ?? false,
    );
  }

  /** `host:port`, as references of images begin. */
  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  get url(): string {
    return `${this.open ? 'http' : 'https'}://${this.address}`;
  }

  async start(notifications?: Notifications): Promise<void> {
    const file = join(this.folder, 'config.yml');
    await writeFile(file, stringify(this.#configuration(notifications)));
    const child = spawn('docker-registry', ['serve', file], {
      stdio: 'ignore',
    });
    this.#child = child;
    await eventually(async () => {
      if (child.exitCode !== null) {
        throw new Error(`docker-registry ended with ${child.exitCode}`);
      }
      await answers(this.url, this.caCertificate);
    });
  }

  async halt(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child && child.exitCode === null) {
      const ended = new Promise<void>(resolve => {
        child.once('exit', () => resolve());
      });
      child.kill();
      await ended;
    }
  }

  async stop(): Promise<void> {
    await this.halt();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Copies an image from a registry without password or TLS, with skopeo. */
  async copyFrom(source: string, name: string): Promise<void> {
    await run('skopeo', [
      '--insecure-policy',
      'copy',
      '--preserve-digests',
      '--src-tls-verify=false',
      `--dest-cert-dir=${join(this.folder, 'trust')}`,
      `--dest-creds=${robot.username}:${robot.password}`,
      `docker://${source}`,
      `docker://${this.address}/${name}`,
    ]);
  }

  #configuration(notifications: Notifications | undefined) {
    const { folder } = this;
    return {
      version: 0.1,
      log: { level: 'error', accesslog: { disabled: true } },
      storage: { filesystem: { rootdirectory: join(folder, 'data') } },
      http: {
        addr: this.address,
        ...(!this.open && {
          tls: {
            certificate: join(folder, 'server.crt'),
            key: join(folder, 'server.key'),
          },
        }),
      },
      ...(!this.open && {
        auth: {
          htpasswd: { realm: 'test', path: join(folder, 'htpasswd') },
        },
      }),
      ...(notifications && {
        notifications: {
          endpoints: [
            {
              name: 'portal',
              url: notifications.url,
              headers: { Authorization: [notifications.authorization] },
              timeout: '5s',
              threshold: 3,
              backoff: '500ms',
              ignore: {
                mediatypes: ['application/octet-stream'],
                actions: ['pull'],
              },
            },
          ],
        },
      }),
    };
  }
}

/** The registry greets or asks for a password: it is up. */
function answers(url: string, ca: string): Promise<void> {
  const ask = url.startsWith('https:') ? request : requestPlain;
  return new Promise((resolve, reject) => {
    ask(`${url}/v2/`, { ca }, response => {
      response.resume();
      response.once('end', () => {
        if (response.statusCode === 401 || response.statusCode === 200) {
          resolve();
        } else {
          reject(new Error(`docker-registry answered ${response.statusCode}`));
        }
      });
    })
      .once('error', reject)
      .end();
  });
}
