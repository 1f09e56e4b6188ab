import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CertificateAuthority,
  createCertificateAuthority,
} from './kubernetes/tls/certificates';

/**
 * The authority that is kept in a folder; made there when it has none, so
 * that clients that trust it go on doing so after a restart.
 *
 * @throws Error of the file system when the folder cannot be read or written.
 */
export async function openAuthority(
  directory: string,
): Promise<CertificateAuthority> {
  const certificateFile = join(directory, 'ca.pem');
  const keyFile = join(directory, 'ca-key.pem');
  const ca = await readIfThere(certificateFile);
  const caKey = await readIfThere(keyFile);
  if (ca !== undefined && caKey !== undefined) {
    return { ca, caKey };
  }
  const created = await createCertificateAuthority();
  await mkdir(directory, { recursive: true });
  // The certificate comes last: it is only found together with its key.
  await writeFile(keyFile, created.caKey, { mode: 0o600 });
  await writeFile(certificateFile, created.ca);
  return created;
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}
