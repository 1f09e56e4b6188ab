import {
  CertificateAuthority,
  createCertificateAuthority,
  createServerCertificate,
  ServerCertificate,
} from '../../kubernetes/tls/certificates';

/** What can be wrong with a certificate. */
export type CertificateProblem = 'untrusted' | 'expired' | 'wrong-name';

const DAY = 24 * 60 * 60 * 1000;

/** Makes a certificate for each host when it is first asked for. */
export class CertificateMint {
  private readonly made = new Map<string, Promise<ServerCertificate>>();
  private stranger?: Promise<CertificateAuthority>;

  constructor(private readonly authority: CertificateAuthority) {}

  certificateFor(
    host: string,
    problem?: CertificateProblem,
  ): Promise<ServerCertificate> {
    const key = `${host} ${problem ?? ''}`;
    let certificate = this.made.get(key);
    if (!certificate) {
      certificate = this.make(host, problem);
      this.made.set(key, certificate);
    }
    return certificate;
  }

  private async make(
    host: string,
    problem: CertificateProblem | undefined,
  ): Promise<ServerCertificate> {
    switch (problem) {
      case 'untrusted':
        this.stranger ??= createCertificateAuthority();
        return createServerCertificate(await this.stranger, [host]);
      case 'expired':
        return createServerCertificate(this.authority, [host], {
          notBefore: new Date(Date.now() - 10 * DAY),
          notAfter: new Date(Date.now() - DAY),
        });
      case 'wrong-name':
        return createServerCertificate(this.authority, ['other.example.com']);
      default:
        return createServerCertificate(this.authority, [host]);
    }
  }
}
