import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { BotFileEditor } from '../../../src/bot-file/edit/editor.js';

/** The same numbers each time, from 0 to below 1 (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Known {
  readonly id: string;
  readonly use: string;
  readonly config?: Readonly<Record<string, unknown>>;
  enabled: boolean;
}

const configs = [
  undefined,
  { pin: 'GPIO17' },
  { hello: 'Dear {user}: "hi" # no comment' },
  { text: 'two\nlines\n', none: null },
] as const;

/** Lines that belong to nobody's entry, and must outlive every edit. */
const keepers = ['# My bot', '# the plugins', '# the end'];

const heads = [
  '# My bot\nprefix: "!"\n\n# the plugins\nplugins:\n  - use: oauth\n\nreplies: {} # the end\n',
  '# My bot\n\n# the plugins\nplugins: []\n\nwatch: on # the end\n',
  '# My bot\n# the plugins\nplugins: [{ use: oauth }]\nprefix: "?" # the end\n',
];

/** Each file is begun anew after so many edits, and in all there are ten thousand. */
const [storiesEach, editsEach] = [16, 105];

class Story {
  readonly editor: BotFileEditor;
  private readonly known: Known[];
  private count = 0;

  constructor(
    text: string,
    private readonly random: () => number,
  ) {
    this.editor = new BotFileEditor(text);
    this.known = this.editor.entries.map(({ id, use, enabled }) => ({ id, use, enabled }));
  }

  /** One edit of many kinds. @returns what was done, for who reads a failure */
  step(): string {
    const any = this.pick(this.known);
    const kind = this.random();
    if (any === undefined || (kind < 0.4 && this.known.length < 3)) return this.add();
    if (kind < 0.7) {
      this.demandOne(this.editor.remove(any.id));
      this.known.splice(this.known.indexOf(any), 1);
      return `remove ${any.id}`;
    }
    const enabled = kind > 0.85;
    this.demandOne(this.editor.setEnabled(any.id, enabled));
    any.enabled = enabled;
    return `${enabled ? 'enable' : 'disable'} ${any.id}`;
  }

  get listed() {
    return this.editor.entries.map(({ id, use, enabled }) => ({ id, use, enabled }));
  }

  get expected() {
    return this.known.map(({ id, use, enabled }) => ({ id, use, enabled }));
  }

  /** What YAML says of the text, and what was ordered. */
  get values(): readonly [unknown, unknown] {
    const { plugins } = parse(this.editor.toString());
    const written: readonly Known[] = plugins ?? [];
    return [written.map(({ config }) => config), this.known.map(({ config }) => config)];
  }

  private add(): string {
    const config = this.pick(configs);
    this.count += 1;
    const id = `fan-${this.count}`;
    const use = this.random() < 0.5 ? './plugins/fan.ts' : `pertybot-plugin-fan${this.count}`;
    const comment = this.random() < 0.3 ? ` config:\n   speed: ${this.count}` : undefined;
    this.editor.add({ use, id, ...(config && { config }), ...(comment && { comment }) });
    this.known.push({ id, use, enabled: true, ...(config && { config }) });
    return `add ${id}`;
  }

  /** An `expect` for each of so many would take longer than what it looks at. */
  private demandOne(count: number): void {
    if (count !== 1) throw new Error(`${count} entries changed in:\n${this.editor.toString()}`);
  }

  private pick<Item>(items: readonly Item[]): Item | undefined {
    return items[Math.floor(this.random() * items.length)];
  }
}

describe('ten thousand random edits of plugins.yaml', () => {
  const files = heads.flatMap((head) => [head, head.replaceAll('\n', '\r\n')]);

  it.each(files.map((file, seed) => [seed, file] as const))(
    'lose no comment and change nothing else (file %i)',
    (seed, file) => {
      const faults: object[] = [];
      for (let begun = 0; begun < storiesEach; begun++) {
        const story = new Story(file, seeded(seed * storiesEach + begun));
        for (let edit = 0; edit < editsEach; edit++) {
          const before = story.editor.toString();
          const done = story.step();
          const text = story.editor.toString();
          const isListed = isDeepStrictEqual(story.listed, story.expected);
          const isKept = keepers.every((line) => text.includes(line));
          const isRead = edit % 35 !== 0 || isDeepStrictEqual(...story.values);
          if (!isListed || !isKept || !isRead) faults.push({ before, done, text });
        }
      }
      expect(faults).toEqual([]);
    },
  );

  it('leaves the file as it was when all that was added goes again', () => {
    for (const [seed, file] of files.entries()) {
      const random = seeded(seed + 100);
      const editor = new BotFileEditor(file);
      const ids = Array.from({ length: 12 }, (_, index) => `more-${index}`);
      for (const id of ids) editor.add({ use: './fan.ts', id, config: { speed: 3 } });
      const order = ids
        .map((id) => ({ id, at: random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ id }) => id);
      for (const id of order) expect(editor.remove(id)).toBe(1);
      expect({ seed, text: editor.toString() }).toEqual({ seed, text: file });
    }
  });

  it('keeps every entry of a list of hundreds when one in the middle goes', () => {
    const lines = Array.from(
      { length: 300 },
      (_, index) => `  # number ${index}\n  - use: ./fan.ts\n    id: fan-${index}\n`,
    );
    const editor = new BotFileEditor(`plugins:\n${lines.join('')}`);
    expect(editor.remove('fan-150')).toBe(1);
    const kept = lines.filter((_, index) => index !== 150).join('');
    expect(editor.toString()).toBe(`plugins:\n${kept}`);
    expect(editor.entries.map(({ id }) => id)).not.toContain('fan-150');
  });
});
