import { spawnSync } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import { it } from '@jest/globals';

/** A program and the words before those of another program that it runs. */
export type Wrapper = readonly [program: string, ...words: string[]];

/**
 * Runs a program without root's right to write everywhere, so that the mode of a folder counts for root, too.
 * Anybody else does not have it.
 */
export const asOrdinaryUser: Wrapper =
  process.getuid?.() === 0
    ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search', '--inh-caps=-all']
    : ['env'];

/** Makes a folder read-only, or writable again. */
export function setReadOnly(folder: string, readOnly: boolean): Promise<void> {
  return chmod(folder, readOnly ? 0o555 : 0o755);
}

/**
 * Runs a shell script in which `$1` is mounted as a disk of 256 kB, in a mount namespace of its own: nothing
 * of it is seen outside. Root may always do that, others where the kernel lets users have namespaces.
 */
export const onSmallDisk: Wrapper = [
  'unshare',
  ...(process.getuid?.() === 0 ? [] : ['--map-root-user']),
  '--mount',
  'sh',
  '-ec',
];

/** What such a script begins with. */
export const mountSmallDisk = 'mount -t tmpfs -o size=256k disk "$1"\n';

/**
 * `it` for tests that limit the disk by programs of util-linux. Where that cannot be done they are skipped, but
 * not in CI: there they fail, so that nothing is left out in silence.
 */
export const itLimitsTheDisk =
  works(asOrdinaryUser, 'true') && works(onSmallDisk, 'mount -t tmpfs disk /mnt')
    ? it
    : process.env.CI === 'true'
      ? failing
      : it.skip;

function works([program, ...words]: Wrapper, last: string): boolean {
  return spawnSync(program, [...words, last], { stdio: 'ignore' }).status === 0;
}

function failing(sentence: string, _test: () => Promise<void>): void {
  it(sentence, () => {
    throw new Error('It needs setpriv and unshare of util-linux, and the right to use namespaces.');
  });
}
