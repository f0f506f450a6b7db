import { chmod } from 'node:fs/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { formatFindings } from '../../src/doctor/run-doctor.js';
import { styleFor } from '../../src/terminal/style.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { askPertybot } from '../support/served-command.js';

jest.setTimeout(30_000);

let folder: TestFolder | undefined;
afterEach(() => folder?.remove());

interface Doctor {
  readonly ok: boolean;
  readonly findings: readonly Record<string, string>[];
}

async function doctor(files: Readonly<Record<string, string>>): Promise<Doctor & { code: number }> {
  folder = await makeBotFolder(files);
  const run = await askPertybot(['doctor', '--no-network', '--json'], { folder: folder.path });
  return { ...JSON.parse(run.stdout), code: run.code };
}

const fine = 'plugins:\n  - use: gpio\n    config:\n      driver: simulated\n';

describe('pertybot doctor', () => {
  it('finds a good bot healthy, and asks its plugins', async () => {
    const { ok, code, findings } = await doctor({ 'plugins.yaml': fine });
    expect({ ok, code }).toEqual({ ok: true, code: 0 });
    const subjects = findings.map(({ subject }) => subject);
    expect(subjects).toEqual(expect.arrayContaining(['node', 'disk', 'memory', 'plugins.yaml']));
    expect(subjects).toContainEqual(expect.stringMatching(/^gpio: /));
  });

  it('names every fault of plugins.yaml with its line, and exits with 1', async () => {
    const { ok, code, findings } = await doctor({ 'plugins.yaml': 'plugins:\n  - use: gpoi\n' });
    expect({ ok, code }).toEqual({ ok: false, code: 1 });
    expect(findings).toContainEqual(
      expect.objectContaining({
        level: 'error',
        message: expect.stringMatching(/^plugins\.yaml:2:10 .*gpoi/),
        hint: expect.stringContaining('gpio'),
      }),
    );
  });

  it('says where there is no bot at all', async () => {
    const { code, findings } = await doctor({});
    expect(code).toBe(1);
    expect(findings).toContainEqual(
      expect.objectContaining({ level: 'error', message: expect.stringContaining('plugins.yaml') }),
    );
  });

  it('warns of secrets that others can read, with the command that mends it', async () => {
    folder = await makeBotFolder({ 'plugins.yaml': fine, '.env': 'SECRET=1\n' });
    await chmod(folder.file('.env'), 0o644);
    const { stdout, code } = await askPertybot(['doctor', '--no-network'], { folder: folder.path });
    expect(code).toBe(0);
    expect(stdout).toMatch(/! files +Others may read "\.env"\.\n +Run: chmod 600 \.env/);
  });
});

describe('formatFindings', () => {
  it('writes a line for each, and what mends those that are not fine', () => {
    const findings = [
      { level: 'ok', subject: 'disk', message: 'Fine.', hint: 'never shown' },
      { level: 'error', subject: 'node', message: 'Old.', hint: 'Update it.' },
    ] as const;
    expect(formatFindings(findings, styleFor({}, {}))).toBe(
      '✓ disk  Fine.\n✗ node  Old.\n        Update it.',
    );
  });
});
