import { describe, expect, it } from '@jest/globals';
import { startNameFault } from '../../src/host/check-calls.js';
import { definePlugin } from '../../src/index.js';

const gpio = Symbol('Gpio');

/** A plugin whose start is written like this. */
const plugin = (start: string, needs = {}) =>
  definePlugin({ name: 'dice', needs, start: new Function(`return ${start}`)() });

describe('startNameFault', () => {
  it.each([
    '({ command }) => {}',
    'async ({ command, on: listen, store = {} }) => {}',
    '(context) => { const { gpio } = context; }',
    'function ({ log, // gpio\n every }) {}',
    '({ command, ...rest }) => {}',
    '() => {}',
    '({ lamp: gpio }) => {}',
  ])('finds nothing in %s', (start) => {
    expect(startNameFault(plugin(start, { lamp: gpio }))).toBeUndefined();
  });

  it.each([
    ['({ gpio, command }) => {}', 'takes "gpio"', 'needs: { gpio: Gpio }'],
    ['async ({ comand }) => {}', 'takes "comand"', 'Did you mean "command"?'],
    ['function start({ command, chat: talk }) {}', 'takes "chat"', 'needs: { chat: Chat }'],
  ])('says what %s does not receive', (start, message, hint) => {
    expect(startNameFault(plugin(start))).toEqual({
      message: expect.stringContaining(message),
      hint: expect.stringContaining(hint),
    });
  });

  it('reads what the compiler left', () => {
    const { start } = { start: ({ gpio }: { readonly gpio: unknown }) => void gpio };
    expect(startNameFault(definePlugin({ name: 'dice', start: start as never }))).toMatchObject({
      hint: 'Name the service in definePlugin: needs: { gpio: Gpio }',
    });
  });

  it('finds a need with a name of its own', () => {
    const plugged = definePlugin({ name: 'dice', needs: { command: gpio as never } });
    expect(startNameFault(plugged)?.message).toContain('"command"');
  });
});
