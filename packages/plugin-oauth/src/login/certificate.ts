import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type BotFolders, type Logger, messageOf, v } from '@pertybot/core';
import type { OAuthConfig } from '../twitch/oauth-config.js';
import { OAuthError } from '../twitch/oauth-error.js';
import type { TlsIdentity } from './callback-server.js';

const opensslHint =
  'Run "openssl req -newkey rsa:4096 -x509 -sha256 -days 3650 -nodes -subj /CN=localhost -out cert.pem -keyout key.pem" ' +
  'in the folder of your bot, and set key: key.pem and cert: cert.pem; or use an http://localhost redirect URI.';

/** Optional: its absence is ordinary. A name in a variable keeps the compiler from asking for it. */
const generatorPackage: string = 'selfsigned';

const generatorSchema = v.object({
  generate: v.custom<(names: unknown, options: unknown) => unknown>(
    (value) => typeof value === 'function',
  ),
});

const generatedSchema = v.object({ private: v.string(), cert: v.string() });

/**
 * Key and certificate for an https redirect URI: the owner's files, or a self-signed pair that is made once,
 * where the package `selfsigned` is installed, and kept in the state folder.
 * @throws OAuthError when there is none and none can be made
 */
export async function loadTlsIdentity(
  config: OAuthConfig,
  folders: BotFolders,
  log: Logger,
): Promise<TlsIdentity> {
  if (config.key !== undefined && config.cert !== undefined) {
    const key = path.resolve(folders.bot, config.key);
    const pair = await readPair(key, path.resolve(folders.bot, config.cert));
    await warnOfReaders(key, log);
    return pair;
  }
  const key = path.join(folders.state, 'login-key.pem');
  const cert = path.join(folders.state, 'login-cert.pem');
  try {
    return await readPair(key, cert);
  } catch {
    const made = await generate(new URL(config.redirectUri).hostname);
    await writeFile(key, made.key, { mode: 0o600 });
    await writeFile(cert, made.cert);
    return made;
  }
}

async function warnOfReaders(keyFile: string, log: Logger): Promise<void> {
  const { mode } = await stat(keyFile);
  if (process.platform === 'win32' || (mode & 0o044) === 0) return;
  log.warn(`The key "${keyFile}" can be read by other users of this machine.`, {
    hint: `Run: chmod 600 "${keyFile}"`,
  });
}

async function readPair(keyFile: string, certFile: string): Promise<TlsIdentity> {
  try {
    const [key, cert] = await Promise.all([readFile(keyFile, 'utf8'), readFile(certFile, 'utf8')]);
    return { key, cert };
  } catch (error) {
    throw new OAuthError(
      'OAUTH_CERTIFICATE_MISSING',
      `The certificate for the https redirect URI cannot be read: "${messageOf(error)}".`,
      { hint: opensslHint, cause: error },
    );
  }
}

async function generate(host: string): Promise<TlsIdentity> {
  try {
    const generator = v.parse(generatorSchema, await import(generatorPackage));
    const pair = await generator.generate([{ name: 'commonName', value: host }], {
      keySize: 2048,
      algorithm: 'sha256',
      // Fixed dates, since the clock of a Pi may be wrong by years when the pair is made.
      notBeforeDate: new Date('2020-01-01'),
      notAfterDate: new Date('2049-12-31'),
    });
    const { private: key, cert } = v.parse(generatedSchema, pair);
    return { key, cert };
  } catch (error) {
    throw new OAuthError(
      'OAUTH_CERTIFICATE_MISSING',
      'The redirect URI is https, and there is no certificate for it.',
      { hint: opensslHint, cause: error },
    );
  }
}
