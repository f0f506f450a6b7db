import { execFile, spawnSync } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import https from 'node:https';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadTlsIdentity } from '../../src/login/certificate.js';
import { TwitchIdClient } from '../../src/twitch/twitch-id-client.js';
import { borrowServices, freePort, OAuthFixture } from '../oauth-fixture.js';

const program = 'openssl';

/** Makes the pair with the very command that the hint gives. */
async function makePair(folder: string): Promise<void> {
  const options =
    'req -newkey rsa:2048 -x509 -sha256 -days 2 -nodes -subj /CN=localhost -out cert.pem -keyout key.pem';
  await promisify(execFile)(program, options.split(' '), { cwd: folder });
}

const hasOpenssl = spawnSync(program, ['version']).status === 0;

describe('loadTlsIdentity', () => {
  let fixture: OAuthFixture;

  beforeEach(async () => {
    fixture = await OAuthFixture.start({ redirectUri: `https://localhost:${await freePort()}/` });
  });

  afterEach(() => fixture.stop());

  (hasOpenssl || process.env.CI ? it : it.skip)(
    'serves the login page with the owner’s certificate',
    async () => {
      await makePair(fixture.folder);
      const browser = fixture.browser({ as: 'pertybot' });
      const config = { key: 'key.pem', cert: 'cert.pem' };
      const { login } = await borrowServices(fixture, { config, browser });
      expect(await login.run()).toMatchObject({ token: { login: 'pertybot' } });
      expect((await browser.visits[0])?.url).toMatch(/^https:/);
    },
  );

  (hasOpenssl || process.env.CI ? it : it.skip)(
    'points to the date of the machine when no certificate is valid',
    async () => {
      await makePair(fixture.folder);
      const pair = { key: 'key.pem', cert: 'cert.pem' };
      const server = https.createServer(
        await loadTlsIdentity({ ...fixture.config, ...pair }, fixture.folders, fixture.logger),
      );
      const idUrl = fixture.config.redirectUri.slice(0, -1);
      await new Promise<void>((resolve) => server.listen(Number(new URL(idUrl).port), resolve));
      await expect(
        new TwitchIdClient({ ...fixture.config, idUrl }).validate('token'),
      ).rejects.toMatchObject({
        transient: true,
        hint: expect.stringContaining('Check the date'),
      });
      await new Promise((resolve) => server.close(resolve));
    },
  );

  it('says which file is missing, and how to make it', async () => {
    const config = { ...fixture.config, key: 'key.pem', cert: 'cert.pem' };
    await expect(loadTlsIdentity(config, fixture.folders, fixture.logger)).rejects.toMatchObject({
      code: 'OAUTH_CERTIFICATE_MISSING',
      message: expect.stringContaining('key.pem'),
      hint: expect.stringContaining('openssl req'),
    });
  });

  it('goes on using a pair that it made before', async () => {
    await mkdir(fixture.folders.state, { recursive: true });
    await writeFile(path.join(fixture.folders.state, 'login-key.pem'), 'the key');
    await writeFile(path.join(fixture.folders.state, 'login-cert.pem'), 'the certificate');
    expect(await loadTlsIdentity(fixture.config, fixture.folders, fixture.logger)).toEqual({
      key: 'the key',
      cert: 'the certificate',
    });
  });

  it.each([
    [0o640, true],
    [0o604, true],
    [0o600, false],
  ])('warns of a key with rights %o that others can read: %p', async (mode, warns) => {
    const { folder, folders, logger } = fixture;
    await writeFile(path.join(folder, 'key.pem'), 'the key', { mode });
    await chmod(path.join(folder, 'key.pem'), mode);
    await writeFile(path.join(folder, 'cert.pem'), 'the certificate');
    await loadTlsIdentity({ ...fixture.config, key: 'key.pem', cert: 'cert.pem' }, folders, logger);
    expect(logger.lines.filter(({ level }) => level === 'warn')).toHaveLength(warns ? 1 : 0);
    if (warns) expect(logger.lines[0]?.fields.hint).toContain('chmod 600');
  });
});
