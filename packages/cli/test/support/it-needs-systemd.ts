import { spawnSync } from 'node:child_process';
import { it } from '@jest/globals';

/**
 * `it` for tests that need programs of Debian's package systemd. Where they are missing the tests are
 * skipped, but not in CI: there they fail, so that nothing is left out in silence.
 */
export const itNeedsSystemd = ['systemd-analyze', 'systemd-notify'].every(isThere)
  ? it
  : process.env.CI === 'true'
    ? failing
    : it.skip;

function isThere(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
}

function failing(sentence: string, _test: () => Promise<void>): void {
  it(sentence, () => {
    throw new Error('It needs: apt-get install --yes --no-install-recommends systemd');
  });
}
