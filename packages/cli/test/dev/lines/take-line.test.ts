import { describe, expect, it } from '@jest/globals';
import type { Happened, Heard } from '../../../src/dev/lines/take-line.js';
import { parseDevInput as parse, takeLine } from '../../../src/dev/lines/take-line.js';

const lamp = { name: 'lamp', aliases: ['light'], enabled: true };
const old = { name: 'horn', aliases: [], enabled: false };

async function take(line: string, heard: Heard = 'handled', happened: Happened = heard) {
  const events: unknown[] = [];
  const said: unknown[] = [];
  const pressed: string[] = [];
  const complaints: string[] = [];
  let helped = 0;
  const more = await takeLine(
    line,
    {
      prefix: '!',
      commands: [lamp, old],
      buttons: ['panic'],
      happen: async (event) => {
        events.push(event);
        return happened;
      },
      say: async (chatLine) => {
        said.push(chatLine);
        return heard;
      },
      press: async (name) => {
        pressed.push(name);
        return name === 'panic';
      },
    },
    {
      help: () => {
        helped += 1;
      },
      complain: (fault, hint) => complaints.push(`${fault} ${hint}`),
    },
  );
  return { more, said, events, pressed, complaints, helped };
}

describe('takeLine', () => {
  it('says chat lines', async () => {
    expect(await take('alice[vip]: !lamp on')).toMatchObject({
      more: true,
      said: [{ login: 'alice', roles: ['vip'], text: '!lamp on' }],
      complaints: [],
    });
  });

  it('complains when nobody hears them, or when they take too long', async () => {
    expect((await take('hi', 'nobody')).complaints[0]).toContain('Nobody heard "hi"');
    expect((await take('hi', 'late')).complaints[0]).toContain('after 10 seconds');
  });

  it('presses buttons, and knows which there are', async () => {
    expect(await take('press panic')).toMatchObject({ pressed: ['panic'], complaints: [] });
    expect((await take('press nope')).complaints[0]).toContain('no button "nope"');
  });

  it('wants no more lines after quit', async () => {
    expect(await take('quit')).toMatchObject({ more: false, said: [] });
    expect(await take('help')).toMatchObject({ more: true, helped: 1 });
    expect(await take('')).toMatchObject({ more: true, said: [], complaints: [] });
  });

  it('lets things happen, and says when nobody heard or nothing could', async () => {
    expect(await take('bob raids 5')).toMatchObject({
      events: [{ kind: 'raid', viewers: 5 }],
      said: [],
      complaints: [],
    });
    expect((await take('bob raids 5', 'nobody')).complaints[0]).toContain('no channel');
    expect((await take('mod deletes bob', 'handled', 'nothing')).complaints).toEqual([
      '"bob" has said nothing yet. Write such as bob: hello first.',
    ]);
  });

  it('knows what a mistyped command and button were meant to be', async () => {
    const said = await take('!lmap on');
    expect(said.said).toHaveLength(1);
    expect(said.complaints).toEqual(['There is no command "!lmap". Did you mean "!lamp"?']);
    expect((await take('press panik')).complaints[0]).toContain('Did you mean "press panic"?');
  });

  it.each(['!lamp on', '!light on', '!', '! lamp', '!zzzzzz', 'lmap', '!hron'])(
    'makes no fuss about %j',
    async (line) => {
      expect((await take(line)).complaints).toEqual([]);
    },
  );
});

const parseDevInput = (line: string, prefix = '!') => parse(line, prefix);

describe('parseDevInput', () => {
  it.each(['', '   ', '# a comment', '  # another'])('asks for nothing with %j', (line) => {
    expect(parseDevInput(line)).toEqual({ kind: 'nothing' });
  });

  it.each([
    ['help', 'help'],
    [' ? ', 'help'],
    ['quit', 'quit'],
    ['exit', 'quit'],
  ])('reads %j', (line, kind) => {
    expect(parseDevInput(line)).toEqual({ kind });
  });

  it('reads the press of a button', () => {
    expect(parseDevInput('press panic')).toEqual({ kind: 'press', gadget: 'panic' });
    expect(parseDevInput('press')).toMatchObject({ kind: 'fault' });
  });

  it('takes a sentence that begins with a word of ours for chat', () => {
    expect(parseDevInput('press start now')).toMatchObject({ kind: 'chat' });
    expect(parseDevInput('!help')).toMatchObject({ kind: 'chat', line: { text: '!help' } });
    expect(parseDevInput('alice: help')).toMatchObject({ kind: 'chat', line: { text: 'help' } });
  });

  it('passes on what is wrong with a chat line', () => {
    expect(parseDevInput('alice[king]: hi')).toMatchObject({
      kind: 'fault',
      fault: 'The role "king" is unknown.',
    });
  });

  it('reads what happens in chat', () => {
    expect(parseDevInput('alice cheers 100')).toMatchObject({
      kind: 'event',
      event: { kind: 'cheer', bits: 100 },
    });
    expect(parseDevInput('alice cheers')).toMatchObject({ kind: 'fault' });
    expect(parseDevInput('alice: cheers 100')).toMatchObject({ kind: 'chat' });
  });

  it.each([
    ['alice !lamp on', '!', 'Did you mean "alice: !lamp on"?'],
    ['@alice[mod, sub] ?lamp', '?', 'Did you mean "@alice[mod, sub]: ?lamp"?'],
  ])('misses the colon of %j', (line, prefix, hint) => {
    expect(parseDevInput(line, prefix)).toMatchObject({ kind: 'fault', hint });
  });

  it.each(['hello ! there', 'what? !lamp on', '!lamp !on', 'wow !'])('says %j as it is', (line) => {
    const { kind } = parseDevInput(line, '!!');
    expect(kind).toBe('chat');
  });

  it('refuses a line that is far too long at once, whatever it is made of', () => {
    for (const filler of ['x', ' x', 'alice ', '[', ': ']) {
      expect(parseDevInput(`alice${filler.repeat(500_000)}`)).toMatchObject({
        kind: 'fault',
        hint: 'Write a shorter one.',
      });
    }
  });
});
