// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what is meant are variables of plugins.yaml
import { describe, expect, it } from '@jest/globals';
import { parseBotFile } from '../../src/bot-file/bot-file.js';
import { YamlSource } from '../../src/bot-file/yaml-source.js';

const told = (text: string) =>
  new YamlSource('plugins.yaml', text).problems.map(
    ({ position: { line, column }, message, hint }) => `${line}:${column} ${message}. ${hint}`,
  );

describe('what YAML cannot read', () => {
  it.each([
    ['a: [#x]\nb: 1\n', '1:5 a # begins a comment, which takes the rest of the line', '"#x"'],
    ['a: [x, #y]\n', '1:8 a # begins a comment', '"#y"'],
    ['a: {x: 1\nb: 2\n', '1:4 the bracket { is not closed', 'Close it with }'],
    ['a:\n  - [lamp on, wait 1s\n  - b\n', '2:5 the bracket [ is not closed', 'Close it with ]'],
    ['a: "x\nb: 1\n', '1:4 these quotes are not closed', 'Close them with "'],
    ["a: 'x\nb: 1\n", '1:4 these quotes are not closed', "Close them with '"],
    ['a: Dear user: hi\n', '1:4 a text with a colon and a space', 'Write: "Dear user: hi"'],
    ['- x: say "hi": ho\n', 'a text with a colon', 'Write: "say \\"hi\\": ho"'],
    ['a: 1\n  b: 2\n', '1:4 the line below this value is indented more', 'the same indentation'],
    ['a\nb: 1\n', '1:1 a line without a colon stands here', 'Write "key: value"'],
    ['a:\n\tb: 1\n', 'a tab indents this line', 'Indent with spaces.'],
    ['- a: { id: ${ID}, x: "" }\n- b: 1\n', '1:12 a text with braces must', 'Write: "${ID}"'],
    ['a: [x, ${ID:-b} ]\nb: 1\n', '1:8 a text with braces must', 'Write: "${ID:-b}"'],
    ['a: {\n  id: ${ID},\n  b: 1\n}\nc: 1\n', '2:7 a text with braces', 'Write: "${ID}"'],
    ['a: { b: { c: Hi {user} there } }\n', '1:14 a text with braces', 'Write: "Hi {user} there"'],
    ['a: { b: {user} hi }\n', '1:9 a text with braces must', 'Write: "{user} hi"'],
    ['a: { id: "x, y: "" }\n', '1:10 of the quotes in this line one is missing', 'each text'],
    ['a: {user} hi\n', '1:4 a text that begins with { must stand in quotes', '"{user} hi"'],
  ])('is told with its cause and cure: %j', (text, place, cure) => {
    expect(told(text)).toEqual([expect.stringContaining(place), ...told(text).slice(1)]);
    expect(told(text)[0]).toContain(cure);
  });
});

it('tells of a file nothing that only follows from its first fault', () => {
  expect(told('a: { id: ${ID}, x: 1 }\nb:\n  - c: 1\n  - d: 2\n')).toHaveLength(1);
});

describe('what YAML reads as something else', () => {
  const hints = (text: string) =>
    parseBotFile(text, {}).problems.map(({ message, hint }) => `${message}. ${hint}`);

  it.each([
    ['prefix: #!\nplugins: []\n', 'A # begins a comment. Put the text in quotes: "#!"'],
    ['replies: { cooldown: {user} }\nplugins: []\n', 'Write: "{user}"'],
    ['plugins:\n  - use: a\n    commands: { lamp: { aliases: licht } }\n', 'Write: [licht]'],
  ])('is told with what was meant: %j', (text, hint) => {
    expect(hints(text)).toEqual([expect.stringContaining(hint)]);
  });
});
