import { describe, expect, it } from '@jest/globals';
import { parseDevInput as parse } from '../../src/dev/dev-input.js';

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
