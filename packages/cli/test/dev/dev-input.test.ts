import { describe, expect, it } from '@jest/globals';
import { parseDevInput } from '../../src/dev/dev-input.js';

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
});
