import { describe, expect, it } from '@jest/globals';
import type { Happened, Heard } from '../../src/dev/dev-session.js';
import { takeLine } from '../../src/dev/take-line.js';

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
