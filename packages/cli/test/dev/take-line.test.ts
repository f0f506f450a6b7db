import { describe, expect, it } from '@jest/globals';
import type { Heard } from '../../src/dev/dev-session.js';
import { takeLine } from '../../src/dev/take-line.js';

async function take(line: string, heard: Heard = 'handled') {
  const said: unknown[] = [];
  const pressed: string[] = [];
  const complaints: string[] = [];
  let helped = 0;
  const more = await takeLine(
    line,
    {
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
  return { more, said, pressed, complaints, helped };
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
});
