import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../src/bot-file/config-error.js';
import { decodeText } from '../../src/bot-file/text.js';

const bigEndian = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('decodeText', () => {
  it.each(['', 'plugins: []\n', 'a: "日本 🐀"\n', 'a: one\0zero in a text', '\uFEFFplugins: []'])(
    'reads %j',
    (text) => {
      expect(decodeText(Buffer.from(text), 'plugins.yaml')).toBe(text.replace('\uFEFF', ''));
    },
  );

  it.each([
    ['marked', Buffer.from('\uFEFFplugins: []\r\n', 'utf16le')],
    ['unmarked', Buffer.from('plugins: []\r\n', 'utf16le')],
    ['big-endian', bigEndian('\uFEFFplugins: []\r\n')],
  ])('refuses UTF-16, %s', (_, bytes) => {
    expect(() => decodeText(bytes, 'plugins.yaml')).toThrow('"plugins.yaml" is saved as UTF-16.');
  });

  it.each([
    [2, Buffer.from('plugins:\n  - use: caf\u00e9\n', 'latin1')],
    [1, Buffer.from('\u00fc', 'latin1')],
    [20_001, Buffer.concat([Buffer.from('a: ü\n'.repeat(20_000)), Buffer.of(0xff)])],
  ])('names line %i of what is no UTF-8', (line, bytes) => {
    const decode = () => decodeText(bytes, 'plugins.yaml');
    expect(decode).toThrow(ConfigError);
    expect(decode).toThrow(`has letters on line ${line} that`);
  });
});
