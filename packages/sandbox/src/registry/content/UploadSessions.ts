import { createHmac, randomBytes, randomUUID } from 'node:crypto';

/** One upload that was opened and is not finished. */
export interface UploadSession {
  id: string;
  repository: string;
  chunks: Buffer[];
  /** Bytes received so far. */
  size: number;
}

/**
 * Open uploads. Each answer carries a signed state with the offset, so that a
 * client that reuses an old Location is found out.
 */
export class UploadSessions {
  private readonly sessions = new Map<string, UploadSession>();
  private readonly key = randomBytes(32);

  open(repository: string): UploadSession {
    const session = { id: randomUUID(), repository, chunks: [], size: 0 };
    this.sessions.set(session.id, session);
    return session;
  }

  find(repository: string, id: string): UploadSession | undefined {
    const session = this.sessions.get(id);
    return session?.repository === repository ? session : undefined;
  }

  append(session: UploadSession, chunk: Buffer): void {
    if (chunk.length > 0) {
      session.chunks.push(chunk);
      session.size += chunk.length;
    }
  }

  close(session: UploadSession): void {
    this.sessions.delete(session.id);
  }

  /** The `_state` parameter for the session's present offset. */
  state(session: UploadSession): string {
    return createHmac('sha256', this.key)
      .update(`${session.repository}\n${session.id}\n${session.size}`)
      .digest('base64url');
  }
}
