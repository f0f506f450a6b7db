import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
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
});
