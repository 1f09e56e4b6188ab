import { createHash } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a load is made of; the argument, as JSON. */
export interface Load {
  url: string;
  authorization: string;
  seconds: number;
  /** Calls on their way at a time. */
  connections: number;
  /** Calls a second, whatever the answers take; as many as can be without. */
  rate?: number;
}

/** What came of it; standard output, as JSON. */
export interface LoadResult {
  answered: number;
  perSecond: number;
  /** Milliseconds from the time at which each call was due. */
  latencies: number[];
  failed: number;
}

/** An image pushed by its digest alone: stored, and nothing to decide. */
function body(n: number): string {
  const digest = createHash('sha256').update(String(n)).digest('hex');
  return JSON.stringify({
    events: [
      {
        id: `event-${n}`,
        timestamp: new Date().toISOString(),
        action: 'push',
        target: {
          mediaType: 'application/vnd.oci.image.manifest.v1+json',
          size: 1234,
          digest: `sha256:${digest}`,
          repository: 'bench/web',
          url: `http://registry.test/v2/bench/web/manifests/sha256:${digest}`,
        },
        request: { id: `request-${n}`, method: 'PUT', useragent: 'bench/1.0' },
      },
    ],
  });
}

function call(load: Load, agent: Agent, text: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(
      load.url,
      {
        agent,
        method: 'POST',
        headers: {
          authorization: load.authorization,
          'content-type': 'application/vnd.docker.distribution.events.v2+json',
          'content-length': Buffer.byteLength(text),
        },
      },
      response => {
        response.resume();
        response.once('end', () => resolve(response.statusCode ?? 0));
      },
    )
      .once('error', reject)
      .end(text);
  });
}

async function run(load: Load): Promise<LoadResult> {
  // What is made while calls are under way would count as theirs.
  const prepared = Array.from(
    { length: load.rate ? load.rate * load.seconds : 0 },
    (_, n) => body(n),
  );
  const agent = new Agent({ keepAlive: true, maxSockets: load.connections });
  const latencies: number[] = [];
  let failed = 0;
  let next = 0;
  const begin = performance.now();
  const end = begin + load.seconds * 1000;
  const send = async (due: number) => {
    const text = prepared[next] ?? body(next);
    next += 1;
    const status = await call(load, agent, text).catch(() => 0);
    if (status === 202) {
      latencies.push(performance.now() - due);
    } else {
      failed += 1;
    }
  };
  if (load.rate) {
    const open: Promise<void>[] = [];
    for (let n = 0; n < load.rate * load.seconds; n++) {
      const due = begin + (n * 1000) / load.rate;
      const wait = due - performance.now();
      if (wait > 1) {
        await sleep(wait);
      }
      open.push(send(due));
    }
    await Promise.all(open);
  } else {
    await Promise.all(
      Array.from({ length: load.connections }, async () => {
        while (performance.now() < end) {
          await send(performance.now());
        }
      }),
    );
  }
  agent.destroy();
  const seconds = (performance.now() - begin) / 1000;
  const answered = latencies.length;
  return { answered, perSecond: answered / seconds, latencies, failed };
}

run(JSON.parse(process.argv[2]) as Load).then(result =>
  process.stdout.write(JSON.stringify(result)),
);
