import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Logger } from '@pertybot/core';
import { silentLogger } from '@pertybot/core/host';
import { Guardian } from '../../src/guardian/guardian.js';
import { PinsFile } from '../../src/guardian/pins-file.js';
import { identify } from '../../src/guardian/process-identity.js';
import { temporaryFolder } from '../temporary-folder.js';

describe('a guardian', () => {
  let folder: string;
  let pinsFile: PinsFile;
  let guardian: Guardian;
  let warnings: string[];

  /** An output whose pin is a file. */
  const output = (offset: number) => {
    const valueFile = join(folder, `gpio${offset}`);
    writeFileSync(valueFile, '1');
    return { offset, handle: { kind: 'sysfs', valueFile }, safe: 0 } as const;
  };
  const level = (offset: number) => readFileSync(join(folder, `gpio${offset}`), 'utf8');

  beforeEach(() => {
    folder = temporaryFolder();
    pinsFile = new PinsFile(join(folder, 'state', 'pins.json'));
    warnings = [];
    const keep = (message: string) => void warnings.push(message);
    const log: Logger = { ...silentLogger, info: keep, warn: keep, error: keep };
    guardian = new Guardian({ pinsFile, log });
  });

  afterEach(() => guardian.goodbye());

  it('lists the outputs for the next start, and itself', async () => {
    const lamp = output(17);
    await guardian.watch([lamp]);
    expect(pinsFile.read()).toEqual({
      state: 'read',
      guardian: identify(guardian.pid ?? 0),
      pins: [{ driver: 'onoff', valueFile: lamp.handle.valueFile, offset: 17, safe: 0 }],
    });
  });

  it('is another process for each new output', async () => {
    await guardian.watch([output(17)]);
    const first = guardian.pid;
    await guardian.watch([output(17), output(27)]);
    expect(guardian.pid).not.toBe(first);
    expect(existsSync(`/proc/${first}`)).toBe(false);
    expect([level(17), level(27)]).toEqual(['1', '1']);
  });

  it('watches what was asked last when changes come faster than processes start', async () => {
    const outputs = [output(5), output(6), output(13)];
    await Promise.all(outputs.map((_, index) => guardian.watch(outputs.slice(0, index + 1))));
    expect(pinsFile.read().pins.map(({ offset }) => offset)).toEqual([5, 6, 13]);
  });

  it('is no process where no pin can stay on', async () => {
    await guardian.watch([{ offset: 17, safe: 0 }]);
    expect(guardian.pid).toBeUndefined();
    expect(existsSync(pinsFile.path)).toBe(false);
  });

  it('leaves without touching a pin, and without a list', async () => {
    await guardian.watch([output(17)]);
    const { pid } = guardian;
    await guardian.goodbye();
    expect(existsSync(`/proc/${pid}`)).toBe(false);
    expect(existsSync(pinsFile.path)).toBe(false);
    expect(level(17)).toBe('1');
  });

  it('lets go of an output that is given back, and watches the others on', async () => {
    const [lamp, horn] = [output(17), output(27)];
    await guardian.watch([lamp, horn]);
    const { pid } = guardian;
    await guardian.watch([horn]);
    expect(guardian.pid).toBe(pid);
    expect([guardian.isWatching(lamp), guardian.isWatching(horn)]).toEqual([false, true]);
    expect(pinsFile.read().pins.map(({ offset }) => offset)).toEqual([27]);
    await guardian.leave();
    expect([level(17), level(27)]).toEqual(['1', '0']);
  });

  it('is replaced when it dies; until then nothing may be switched on', async () => {
    const lamp = output(17);
    await guardian.watch([lamp]);
    const { pid } = guardian;
    process.kill(pid ?? Number.NaN, 'SIGKILL');
    await until(() => guardian.pid === undefined);
    expect(guardian.isWatching(lamp)).toBe(false);
    await until(() => guardian.isWatching(lamp));
    expect(guardian.pid).not.toBe(pid);
    expect(warnings).toEqual(['The guardian of the outputs died; another one is started.']);
  });

  it('is replaced when it does not answer, within a second', async () => {
    const lamp = output(17);
    await guardian.watch([lamp]);
    const { pid } = guardian;
    process.kill(pid ?? Number.NaN, 'SIGSTOP');
    const begin = performance.now();
    await until(() => warnings.length > 0);
    expect(performance.now() - begin).toBeLessThan(1_500);
    await until(() => guardian.pid !== pid && guardian.isWatching(lamp));
    await until(() => !existsSync(`/proc/${pid}`));
    expect(level(17)).toBe('1');
    expect(warnings[0]).toBe(
      'The guardian of the outputs does not answer; another one is started.',
    );
  });

  it('tells its successor until when each output may be on', async () => {
    const late: string[] = [];
    const lamp = output(17);
    await guardian.watch([lamp]);
    guardian.expect(lamp, { time: 100, most: 1_000, late: () => void late.push('lamp') });
    await guardian.watch([lamp, output(27)]);
    await until(() => late.length > 0);
    expect([level(17), level(27)]).toEqual(['0', '1']);
    guardian.done(lamp);
  });

  describe('without a perl that works', () => {
    const path = process.env.PATH;
    const perl = (text: string) =>
      writeFileSync(join(folder, 'perl'), `#!/bin/sh\n${text}\n`, { mode: 0o755 });

    beforeEach(() => {
      process.env.PATH = folder;
    });
    afterEach(() => {
      process.env.PATH = path;
    });

    it('is said once, and lets nothing be switched on until there is one', async () => {
      const [lamp, horn] = [output(17), output(27)];
      await guardian.watch([lamp]);
      await guardian.watch([horn]);
      expect(guardian.pid).toBeUndefined();
      expect(guardian.isWatching(horn)).toBe(false);
      expect(warnings).toEqual([
        expect.stringMatching(
          /^The guardian did not start: spawn perl ENOENT\. None is switched on until there is one\.$/,
        ),
      ]);
      expect(pinsFile.read().pins).toHaveLength(1);
      process.env.PATH = path;
      await until(() => guardian.isWatching(horn));
      expect(warnings.at(-1)).toBe('The outputs have a guardian again.');
    });

    it.each([
      ['ends at once', 'exit 1', 'it ended at once'],
      ['says something else', 'echo hello; exec /bin/sleep 60', 'it said "hello"'],
    ])('that %s counts as none', async (_how, text, why) => {
      perl(text);
      await guardian.watch([output(17)]);
      expect(guardian.pid).toBeUndefined();
      expect(warnings[0]).toContain(why);
    });

    it('keeps the guardian that it has', async () => {
      process.env.PATH = path;
      const [lamp, horn, bell] = [output(17), output(27), output(22)];
      await guardian.watch([lamp, bell]);
      const { pid } = guardian;
      process.env.PATH = folder;
      await guardian.watch([lamp, horn]);
      expect(guardian.pid).toBe(pid);
      expect([lamp, horn, bell].map((each) => guardian.isWatching(each))).toEqual([
        true,
        false,
        false,
      ]);
      process.env.PATH = path;
      await until(() => guardian.isWatching(horn));
      await until(() => !existsSync(`/proc/${pid}`));
    });

    it('may be on all the same where the owner says so', async () => {
      const lamp = output(17);
      const log: Logger = { ...silentLogger, error: (message) => void warnings.push(message) };
      const optional = new Guardian({ pinsFile, log, optional: true });
      await optional.watch([lamp]);
      expect(optional.isWatching(lamp)).toBe(true);
      expect(warnings[0]).toContain('A crash may leave outputs on.');
      await optional.goodbye();
    });
  });

  describe('that another program starts', () => {
    const note = () => join(folder, 'note');
    const start = async (script: string) => {
      const words = ['/bin/sh', '-c', `echo "$PLACE" >${note()}; ${script}`, 'sh'];
      const launcher = { words, environment: { PLACE: 'a group of its own' } };
      const own = new Guardian({ pinsFile, log: silentLogger, launcher });
      const lamp = output(17);
      await own.watch([lamp]);
      const result = own.isWatching(lamp);
      await own.goodbye();
      return result;
    };

    it('is where that program puts it', async () => {
      expect(await start('exec "$@"')).toBe(true);
      expect(readFileSync(note(), 'utf8')).toBe('a group of its own\n');
    });

    it('is started without it where it fails', async () => {
      expect(await start('exit 1')).toBe(true);
    });
  });

  it('goes on alone with what it is left, and the list with it', async () => {
    const lamp = output(17);
    await guardian.watch([lamp]);
    const { pid } = guardian;
    rmSync(lamp.handle.valueFile);
    mkdirSync(lamp.handle.valueFile);
    await guardian.leave();
    expect(existsSync(`/proc/${pid}`)).toBe(true);
    expect(pinsFile.read().pins).toHaveLength(1);
    rmSync(lamp.handle.valueFile, { recursive: true, maxRetries: 9 });
    writeFileSync(lamp.handle.valueFile, '1');
    await until(() => !existsSync(`/proc/${pid}`));
    expect(level(17)).toBe('0');
  });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
}
