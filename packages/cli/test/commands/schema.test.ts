import { mkdir, readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { PluginError } from '@pertybot/core/host';
import { leftOut } from '../../src/bot-folder/write-schema.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { runInProcess } from '../support/run-in-process.js';

let folder: TestFolder | undefined;
afterEach(() => folder?.remove());

describe('pertybot schema', () => {
  it('writes the schema of the plugins that are there, and says which it left out', async () => {
    folder = await makeBotFolder({
      'plugins.yaml': 'plugins:\n  - use: gpio\n  - use: ./missing.ts\n',
    });
    const { stdout, stderr, code } = await runInProcess(['schema'], folder.path);
    const file = folder.file('.pertybot/plugins.schema.json');
    expect({ stdout, code }).toEqual({ stdout: `Wrote ${file}\n`, code: 0 });
    expect(stderr).toMatch(/^Left out \.\/missing\.ts: There is no file /);
    const schema = await readFile(file, 'utf8');
    expect(JSON.parse(schema)).toMatchObject({ type: 'object' });
    expect(schema).toContain('"gadgets"');
  });

  it('says what it could not write', async () => {
    folder = await makeBotFolder({ 'plugins.yaml': 'plugins: []\n' });
    await mkdir(folder.file('.pertybot/plugins.schema.json'), { recursive: true });
    const { stderr, code } = await runInProcess(['schema'], folder.path);
    expect(code).toBe(1);
    expect(stderr).toContain('".pertybot/plugins.schema.json" cannot be written: ');
    expect(stderr).toMatch(/^Hint: Check the disk\./m);
  });
});

describe('leftOut', () => {
  const late = new PluginError('PLUGIN_LOAD_TIMEOUT', '"mqtt" does not finish loading.', {
    hint: 'Its top level waits.',
  });

  it('says of one of ours that is late what its owner can do, in plugins.yaml or not', () => {
    const told = { use: 'mqtt', why: late.message, isLate: true };
    const hint = expect.stringContaining('Run "pertybot schema" again');
    expect(leftOut('mqtt', late, false)).toEqual({ ...told, hint });
    expect(leftOut('mqtt', late, true)).toEqual({ ...told, hint });
    expect(leftOut('./slow.ts', late, true)?.hint).toBe('Its top level waits.');
  });

  it('is silent about what is not installed, unless plugins.yaml has it', () => {
    const missing = new PluginError('PLUGIN_NOT_INSTALLED', 'It is not there.', {
      hint: 'Add it.',
    });
    expect(leftOut('mqtt', missing, false)).toBeUndefined();
    expect(leftOut('mqtt', missing, true)).toMatchObject({ hint: 'Add it.', isLate: false });
  });

  it('tells of one of ours that is broken', () => {
    expect(leftOut('gpio', new Error('EMFILE'), false)).toEqual({
      ...{ use: 'gpio', why: 'EMFILE', hint: undefined, isLate: false },
    });
  });
});
