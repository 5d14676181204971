/** Certificates for TLS on the loopback, made by openssl. */
import { execFileSync } from 'node:child_process'

/** Where to put the PEM files. */
export interface CertificateFiles {
  key: string
  certificate: string
}

/** Makes a certificate for localhost and 127.0.0.1 that is its own authority, good for two days. */
export function makeCertificate({ key, certificate }: CertificateFiles): void {
  const kind = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2']
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  execFileSync('openssl', [...kind, ...subject, '-keyout', key, '-out', certificate], { stdio: 'ignore' })
}
