import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const script = path.join(__dirname, '..', 'newer-node.mjs');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'newer-node-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the script with an npm that does this. */
function runWith(npm: string) {
  writeFileSync(path.join(folder, 'npm'), `#!/bin/sh\n${npm}\n`, { mode: 0o755 });
  const env = { ...process.env, NODE_OPTIONS: '', PATH: `${folder}:${process.env.PATH}` };
  return spawnSync(process.execPath, [script, '24'], { env, encoding: 'utf8', timeout: 30_000 });
}

describe('the story under a newer Node', () => {
  it('fails, and says that nothing was tried, when npm cannot be asked', () => {
    const { status, stdout, stderr } = runWith('echo "npm error code ENOTFOUND" >&2; exit 1');
    expect(stderr).toMatch(
      /^\nnewer-node failed: Node 24 \("node-\S+"\) cannot be had from npm, so nothing was tried:\nnpm error code ENOTFOUND/,
    );
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  });

  it('fails when npm says that all is well, and brought nothing', () => {
    const { status, stderr } = runWith('exit 0');
    expect({ status, stderr }).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^\nnewer-node failed: ".*node" does not run: .*ENOENT/),
    });
  });
});
