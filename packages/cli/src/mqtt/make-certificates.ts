import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { errorCodeOf } from '@pertybot/core';
import { CliError } from '../terminal/cli-error.js';
import type { SetupFile } from './setup-files.js';

const run = promisify(execFile);

/** Ten years: nobody thinks of a certificate in a cupboard. */
const days = '3650';

const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/**
 * An authority of the owner's own, and a certificate of the broker that it signed, by openssl.
 * @param names by which nodes reach the broker; those of this machine are among them
 * @param folder of the files, from the bot's folder
 * @throws CliError CLI_OPENSSL_FAILED
 */
export async function makeCertificates(
  names: readonly string[],
  folder: string,
): Promise<readonly SetupFile[]> {
  const place = await mkdtemp(join(tmpdir(), 'pertybot-ca-'));
  const openssl = (...words: string[]) => run('openssl', words, { cwd: place, timeout: 60_000 });
  try {
    await openssl(
      ...['req', '-x509', ...key, '-days', days, '-subj', '/CN=PertyBot broker authority'],
      ...['-addext', 'keyUsage=critical,keyCertSign', '-keyout', 'ca.key', '-out', 'ca.crt'],
    );
    await openssl(
      ...['req', ...key, '-subj', '/CN=PertyBot broker', '-keyout', 'broker.key'],
      ...['-out', 'broker.csr'],
    );
    await writeFile(join(place, 'names'), `subjectAltName=${toAltNames(names)}\n`);
    await openssl(
      ...['x509', '-req', '-in', 'broker.csr', '-CA', 'ca.crt', '-CAkey', 'ca.key'],
      ...['-CAcreateserial', '-days', days, '-extfile', 'names', '-out', 'broker.crt'],
    );
    const read = async (name: string): Promise<SetupFile> => {
      const text = await readFile(join(place, name), 'utf8');
      return { path: `${folder}/${name}`, text, isSecret: name.endsWith('.key') };
    };
    return await Promise.all(['ca.crt', 'ca.key', 'broker.crt', 'broker.key'].map(read));
  } catch (cause) {
    const missing = errorCodeOf(cause) === 'ENOENT';
    const message = missing
      ? 'openssl was not found, which makes the certificates.'
      : 'openssl could not make the certificates.';
    const hint = missing ? 'Run: sudo apt install openssl' : 'Run it again with --verbose.';
    throw new CliError('CLI_OPENSSL_FAILED', message, { hint, cause });
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

function toAltNames(names: readonly string[]): string {
  const own = hostname();
  const all = new Set([...names, own, `${own}.local`, 'localhost', '127.0.0.1']);
  return [...all].map((name) => `${isIP(name) === 0 ? 'DNS' : 'IP'}:${name}`).join(',');
}
