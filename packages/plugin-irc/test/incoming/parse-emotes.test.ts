import { describe, expect, it } from '@jest/globals';
import { parseEmotes } from '../../src/incoming/parse-emotes.js';

/** The emotes as they stand in the text. */
function found(list: string | undefined, text: string): readonly string[] {
  const emotes = parseEmotes(list, text) ?? [];
  return emotes.map(({ id, start, end }) => `${id} ${text.slice(start, end)}`);
}

describe('parseEmotes', () => {
  it('finds each emote in the order of the text', () => {
    expect(found('25:0-4,10-14/425618:6-8', 'Kappa LUL Kappa')).toEqual([
      '25 Kappa',
      '425618 LUL',
      '25 Kappa',
    ]);
  });

  it('counts code points, as Twitch does', () => {
    expect(found('25:2-6', '🎉 Kappa')).toEqual(['25 Kappa']);
    expect(found('emotesv2_a-b:3-5', '🎉🎉 LUL 🎉')).toEqual(['emotesv2_a-b LUL']);
  });

  it.each([undefined, '', '/', ':', ':0-4', '25', '25:', '25:x-y', '25:0', '25:-1-4', '25:4-0'])(
    'finds none in %j',
    (list) => {
      expect(parseEmotes(list, 'Kappa hi')).toBeUndefined();
    },
  );

  it('leaves out what lies outside the text, and what lies in another emote', () => {
    expect(found('25:0-4/30:3-6/31:0-99/32:900-901', 'Kappa hi')).toEqual(['25 Kappa']);
  });

  it('is done soon with ten thousand of them', () => {
    const list = Array.from({ length: 10_000 }, (_, index) => `${index}:0-0,1-1`).join('/');
    expect(parseEmotes(list, 'ab')).toHaveLength(2);
  });
});
