import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';

const script = fileURLToPath(new URL('../audit-bundled.mjs', import.meta.url));
const run = promisify(execFile);

let registry: Server | undefined;
let cache: string | undefined;

afterEach(() => {
  registry?.closeAllConnections();
  registry?.close();
  registry = undefined;
  if (cache !== undefined) rmSync(cache, { recursive: true, force: true, maxRetries: 9 });
});

interface Answered {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the audit against a registry that knows these advisories, or answers none with `undefined`. */
async function audit(advisories: object | undefined, words: readonly string[] = []) {
  let asked: Record<string, readonly string[]> = {};
  registry = createServer(async (request, response) => {
    if (request.method === 'POST' && advisories !== undefined && request.url?.endsWith('/bulk')) {
      const chunks = await request.toArray();
      const body = Buffer.concat(chunks);
      asked = JSON.parse((body[0] === 0x1f ? gunzipSync(body) : body).toString());
      response.setHeader('content-type', 'application/json').end(JSON.stringify(advisories));
      return;
    }
    response.statusCode = request.method === 'POST' ? 405 : 404;
    response.end('{}');
  });
  await new Promise<void>((resolve) => registry?.listen(0, '127.0.0.1', resolve));
  const { port } = registry.address() as AddressInfo;
  // npm keeps what it was told.
  cache = mkdtempSync(path.join(tmpdir(), 'pertybot-audit-'));
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    npm_config_cache: cache,
    npm_config_registry: `http://127.0.0.1:${port}/`,
  };
  const answered: Answered = await run(process.execPath, [script, ...words], { env }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: Answered) => ({ code: error.code, stdout: error.stdout, stderr: error.stderr }),
  );
  return { ...answered, asked };
}

const advisory = (severity: string) => ({
  yaml: [
    {
      id: 1,
      url: 'https://example.invalid/1',
      title: 'It never ends',
      severity,
      vulnerable_versions: '>=0.0.0',
      cwe: [],
      cvss: { score: 0, vectorString: null },
    },
  ],
});

describe('the audit of what is joined in', () => {
  it('asks for each package and passes where nothing is known', async () => {
    const { code, stdout, asked } = await audit({});
    expect(stdout).toMatch(/^None of \d+ joined packages has a known severe vulnerability\.\n$/);
    expect(code).toBe(0);
    expect(Object.keys(asked)).toEqual(
      expect.arrayContaining(['pino', 'semver', 'tmi.js', 'tsyringe', 'ws', 'yaml']),
    );
    expect(asked['tmi.js']).toEqual(['1.8.5']);
  }, 60_000);

  it.each(['high', 'critical'])(
    'fails for one that is %s',
    async (severity) => {
      const { code, stdout, stderr } = await audit(advisory(severity));
      expect(code).toBe(1);
      expect(stdout).toContain(`yaml (${severity}, joined into cli, core): It never ends https://`);
      expect(stderr).toContain('What is joined into lib/ is vulnerable: yaml.');
    },
    60_000,
  );

  it('tells of one that is moderate', async () => {
    const { code, stdout } = await audit(advisory('moderate'));
    expect(stdout).toContain('yaml (moderate, joined into cli, core): It never ends');
    expect(code).toBe(0);
  }, 60_000);

  it('says so where the registry does not answer, which fails only on demand', async () => {
    const { code, stdout } = await audit(undefined);
    expect(stdout).toBe(
      'NOT CHECKED: the registry does not answer npm audit (405 Method Not Allowed).\n',
    );
    expect(code).toBe(0);
  }, 60_000);

  it('fails on demand where the registry does not answer', async () => {
    expect((await audit(undefined, ['--must-answer'])).code).toBe(1);
  }, 60_000);
});
