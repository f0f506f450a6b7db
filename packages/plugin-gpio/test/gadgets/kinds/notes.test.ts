import { describe, expect, it } from '@jest/globals';
import { parseNotes } from '../../../src/gadgets/kinds/notes.js';

describe('parseNotes', () => {
  const frequencies = (text: string) => parseNotes(text, 100)?.map(({ frequency }) => frequency);
  const lengths = (text: string) => parseNotes(text, 100)?.map(({ length }) => length);

  it('knows notes by name, in the fourth octave unless another is named', () => {
    expect(frequencies('a, a4 a5')).toEqual([440, 440, 880]);
    expect(frequencies('C4,c#4,Db4')).toEqual([261.63, 277.18, 277.18]);
    expect(frequencies('b3,bb3')).toEqual([246.94, 233.08]);
  });

  it('knows hertz, pauses and beats', () => {
    expect(frequencies('1000hz _ e')).toEqual([1_000, undefined, 329.63]);
    expect(lengths('c:2,d,_:4')).toEqual([200, 100, 400]);
  });

  it('refuses what is no melody', () => {
    for (const text of ['', 'h4', 'c9', 'c:9', '19hz', '99999hz', 'c4 loud', 'c '.repeat(21)]) {
      expect([text, parseNotes(text, 100)]).toEqual([text, undefined]);
    }
  });
});
