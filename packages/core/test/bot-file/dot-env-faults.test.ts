import { parseEnv } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { dotEnvFaults } from '../../src/bot-file/dot-env-faults.js';

const told = (text: string) =>
  dotEnvFaults(text).map(({ position: { line, column }, message, hint }) => {
    return `${line}:${column} ${message}: ${hint}`;
  });

describe('dotEnvFaults', () => {
  it.each([
    '',
    '# a comment\n\nA=1\n export B = 2\r\nC=\n',
    'KEY="-----BEGIN\nabc=\nd==\n-----END"\nB=1\n',
    "A='it''s'\nB=`x`\nC=a\"b\n",
    'a.b=1\na-b=2\n',
  ])('finds nothing in %j', (text) => {
    expect(told(text)).toEqual([]);
  });

  it.each([
    ['TWITCH_CLIENT_ID: abc\n', '1:1 this line sets no variable: Write: TWITCH_CLIENT_ID=…'],
    [
      'A=1\n  TWITCH_CLIENT_SECRET\n',
      '2:3 this line sets no variable: Write: TWITCH_CLIENT_SECRET=…',
    ],
    ['=abc\n', '1:1 this line sets no variable: Write: NAME=value'],
    ['1A=2\n', '1:1 this line sets no variable: Write: NAME=value'],
    ['A="one\nB=two\n', '1:1 these quotes are not closed: Close them'],
    ["A='one\n", '1:1 these quotes are not closed: Close them'],
  ])('finds the fault of %j', (text, fault) => {
    expect(told(text)).toEqual([expect.stringContaining(fault)]);
    // Node says nothing of it.
    expect(() => parseEnv(text)).not.toThrow();
  });

  it('shows nothing that may be a secret', () => {
    expect(told('oauth:abcdefghijklmn0123\nabcdefghijklmn0123\n').join()).not.toContain('abcdef');
  });

  it('ends after so many', () => {
    expect(dotEnvFaults('x\n'.repeat(100_000))).toHaveLength(50);
  });
});
