import { afterEach, describe, expect, it } from '@jest/globals';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { runInProcess } from '../support/run-in-process.js';

let folder: TestFolder | undefined;
afterEach(() => folder?.remove());

describe('pertybot pinout', () => {
  it('draws the header with the gadgets of a bot whose .env is empty', async () => {
    folder = await makeBotFolder({
      'plugins.yaml':
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of plugins.yaml
        'plugins:\n  - use: oauth\n    config: { clientId: "${NOT_SET}" }\n' +
        '  - use: gpio\n    config:\n      gadgets: { lamp: { type: light, pin: GPIO17 } }\n',
    });
    const { stdout, code } = await runInProcess(['pinout'], folder.path);
    expect(code).toBe(0);
    expect(stdout.split('\n\n')[0]?.split('\n')).toHaveLength(20);
    expect(stdout).toContain('While no bot holds them:\n"lamp" (GPIO17) is off at 0 from power-on');
    expect(stdout).toMatch(/^lamp GPIO17 11 ◉ ○ 12 GPIO18/m);
    const json = JSON.parse((await runInProcess(['pinout', '--json'], folder.path)).stdout);
    expect(json).toHaveLength(40);
    expect(json).toContainEqual(
      expect.objectContaining({ board: 11, name: 'GPIO17', usedBy: ['lamp'] }),
    );
  });
});
