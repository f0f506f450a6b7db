import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { BotFileEditor, type NewEntry } from '../../../src/bot-file/edit/editor.js';

const lists = [
  'plugins: []',
  'plugins: [] # none yet',
  'plugins:\n  - use: oauth',
  'plugins:\n- use: oauth\n- use: irc',
  'plugins:\n  # the token\n  - use: oauth\n\n  # chat\n  - use: irc # here',
  'plugins:\n\n\n  - use: oauth\n\n\n  - use: irc\n    config: { channels: [me] }',
  'plugins:\n  - use: oauth\n  # - use: irc',
  'plugins:\n  - use: oauth\n    # config:\n    #   login: auto',
  'plugins:\n  - use: oauth\n\n    # config:\n    #   login: auto\n\n  - use: irc\n\n    # more',
  'plugins:\n  - use: texts\n    config:\n      hello: |\n        one\n        # two',
  'plugins:\n  - use: texts\n    config:\n      hello: |+\n        one\n\n',
  'plugins:\n  - use: texts\n    config:\n      hello: "one\n        two"',
  'plugins:\n  -   use: oauth\n  -   use: irc\n      id: other',
  'plugins: [{ use: oauth }]',
  'plugins: [ { use: oauth }, { use: irc }, ] # two',
  'plugins: [\n  { use: oauth }, # the token\n  { use: irc }\n  ]',
];
const heads = ['', '# My bot\nprefix: "!"\n\n', '\uFEFF'];
const tails = [
  '',
  '\n',
  '\n\n',
  '\n\n# the end\n',
  '\n# the end',
  '\n\n\nreplies: {}\n',
  '\n\n  # last\n\n',
];
const entries: readonly NewEntry[] = [
  { use: './fan.ts' },
  { use: 'fan', id: 'second', config: { pin: 'GPIO4' }, comment: ' config:\n   speed: 3  # fast' },
];

const texts = heads.flatMap((head) =>
  lists.flatMap((list) => tails.map((tail) => `${head}${list}${tail}`)),
);
const windows = texts.map((text) => text.replaceAll('\n', '\r\n'));

describe('BotFileEditor', () => {
  it.each(entries)('adds %j and takes it out again without a trace, whatever the file', (entry) => {
    for (const text of [...texts, ...windows]) {
      const editor = new BotFileEditor(text);
      const uses = editor.entries.map(({ use }) => use);
      editor.add(entry);
      const added = editor.toString();
      expect({ text, added: new BotFileEditor(added).entries.map(({ use }) => use) }).toEqual({
        text,
        added: [...uses, entry.use],
      });
      expect(added).toContain(entry.comment === undefined ? '' : 'speed: 3  # fast');
      expect(editor.remove(entry.id ?? entry.use)).toBe(1);
      expect({ added, text: editor.toString() }).toEqual({ added, text });
    }
  });

  it('changes no value of the entries that were there', () => {
    for (const text of texts) {
      const editor = new BotFileEditor(text);
      editor.add({ use: './fan.ts', comment: ' config:' });
      const { plugins, ...rest } = parse(text);
      const values = { ...rest, plugins: [...plugins, { use: './fan.ts' }] };
      expect({ text, values: parse(editor.toString()) }).toEqual({ text, values });
    }
  });
});
