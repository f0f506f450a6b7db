import { describe, expect, it } from '@jest/globals';
import { BotFileEditor } from '../../../src/bot-file/edit/editor.js';

const file = `# My bot
prefix: "!"

plugins:
  # the token
  - use: oauth
    config:
      clientId: \${TWITCH_CLIENT_ID}   # from .env

  # chat
  - use: irc
    config: { channels: [me,  you] }
    # sharedChat: false

  - use: ./plugins/dice.ts   # dice
`;

function edited(edit: (editor: BotFileEditor) => unknown, text = file): string {
  const editor = new BotFileEditor(text);
  edit(editor);
  return editor.toString();
}

describe('BotFileEditor', () => {
  it('lists the entries with their lines', () => {
    expect(new BotFileEditor(file).entries).toEqual([
      { id: 'oauth', use: 'oauth', enabled: true, line: 6 },
      { id: 'irc', use: 'irc', enabled: true, line: 11 },
      { id: 'dice', use: './plugins/dice.ts', enabled: true, line: 15 },
    ]);
  });

  it('adds an entry at the end and leaves every other character', () => {
    const entry = { use: 'gpio', config: { driver: 'auto' }, comment: ' pins: {}\n more' };
    expect(edited((editor) => editor.add(entry))).toBe(
      `${file}\n  - use: gpio\n    config:\n      driver: auto\n    # pins: {}\n    # more\n`,
    );
  });

  it('removes an entry with its own comments alone', () => {
    expect(edited((editor) => editor.remove('irc'))).toBe(
      file.replace(/ {2}# chat[\s\S]*sharedChat: false\n\n/, ''),
    );
    expect(edited((editor) => editor.remove('dice'))).toBe(
      file.replace(/\n {2}- use: \.\/.*\n/, ''),
    );
  });

  it('removes by package name', () => {
    const editor = new BotFileEditor(file);
    expect(editor.remove('@pertybot/plugin-oauth')).toBe(1);
    expect(editor.remove('nothing')).toBe(0);
    expect(editor.entries.map(({ id }) => id)).toEqual(['irc', 'dice']);
  });

  it('leaves an empty list when the last entry goes', () => {
    const text = edited((editor) => editor.remove('irc'), 'plugins:\n  - use: irc\n');
    expect(new BotFileEditor(text).entries).toEqual([]);
    expect(edited((editor) => editor.add({ use: 'irc' }), text)).toContain('- use: irc');
  });

  it('switches an entry off and on', () => {
    const off = edited((editor) => editor.setEnabled('irc', false));
    expect(off).toBe(file.replace('  - use: irc\n', '  - use: irc\n    enabled: false\n'));
    const on = edited((editor) => editor.setEnabled('irc', true), off);
    expect(on).toBe(off.replace('enabled: false', 'enabled: true'));
  });

  it('adds to a file that has no list yet', () => {
    for (const text of ['', '# only a comment\n', 'plugins:\n', 'plugins: []\n', 'prefix: "?"\n']) {
      const result = edited((editor) => editor.add({ use: 'irc' }), text);
      expect(new BotFileEditor(result).entries).toMatchObject([{ use: 'irc' }]);
    }
  });

  it('adds to brackets that hold nothing but a comment', () => {
    const text = 'plugins:\n  [\n    # none\n  ]\nprefix: "?"\n';
    const result = edited((editor) => editor.add({ use: 'irc' }), text);
    expect(new BotFileEditor(result).entries).toMatchObject([{ use: 'irc' }]);
    expect(result).toContain('# none');
  });

  it('keeps the comments of the last entry with it', () => {
    const text = 'plugins:\n  - use: gpio\n\n    # commands:\n    #   lamp: {}\n\n# the end\n';
    const added = edited((editor) => editor.add({ use: 'irc' }), text);
    expect(added).toBe(text.replace('lamp: {}\n', 'lamp: {}\n  - use: irc\n'));
  });

  it('takes no line of the entry above for a comment of the one that goes', () => {
    const text =
      'plugins:\n  - use: a\n    config:\n      text: |+\n        one\n        # two\n\n  - use: b\n';
    expect(edited((editor) => editor.remove('b'), text)).toBe(text.replace('  - use: b\n', ''));
  });

  it('removes the entry that is meant, also below one that is none', () => {
    const text = 'plugins:\n  - oauth\n  - use: irc\n  - use: gpio\n';
    expect(edited((editor) => editor.remove('irc'), text)).toBe(
      'plugins:\n  - oauth\n  - use: gpio\n',
    );
  });

  it('adds to a list that is written on one line', () => {
    const result = edited((editor) => editor.add({ use: 'b' }), 'plugins: [{ use: a }] # list\n');
    expect(new BotFileEditor(result).entries.map(({ use }) => use)).toEqual(['a', 'b']);
    expect(result).toContain('# list');
  });

  it('keeps Windows line ends and a missing one at the end', () => {
    const text = 'plugins:\r\n  - use: a\r\n  - use: b';
    const result = edited((editor) => editor.add({ use: 'c' }), text);
    expect(result).toBe('plugins:\r\n  - use: a\r\n  - use: b\r\n  - use: c');
  });

  it('adds below a text of several lines', () => {
    const text = 'plugins:\n  - use: a\n    config:\n      text: |\n        one\n        two\n';
    expect(edited((editor) => editor.add({ use: 'c' }), text)).toBe(`${text}  - use: c\n`);
  });

  it('refuses what is no list of plugins', () => {
    expect(() => new BotFileEditor('plugins: { a: 1 }\n')).toThrow('"plugins:" is not a list');
    expect(() => new BotFileEditor('plugins: [\n')).toThrow('plugins.yaml:');
  });
});
