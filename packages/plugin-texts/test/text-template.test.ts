import { describe, expect, it } from '@jest/globals';
import { findTemplateFault, parseTemplate } from '../src/text-template.js';

const values = { user: 'Alice', args: 'now', count: 3 };
const render = (text: string, random = 0) => parseTemplate(text).render(values, () => random);

describe('a template', () => {
  it.each([
    ['plain', 'plain'],
    ['{user}{ args }{count}', 'Alicenow3'],
    ['{', '{'],
    ['}', '}'],
    ['a } b { c', 'a } b { c'],
    ['{{user}}', '\u200B{Alice}'],
    ['{random: a | b}', 'a'],
    ['{random:}', ''],
    ['{random:||}', ''],
    ['{random: {user} }', '{random: Alice }'],
    ['\n{user}\n', '\u200B\nAlice\n'],
    ['$& $1 {user} $`', '$& $1 Alice $`'],
  ])('reads %j', (text, said) => {
    expect(findTemplateFault(text)).toBeUndefined();
    expect(render(text)).toBe(said);
  });

  it.each([
    ['{}', '{}'],
    ['{ }', '{ }'],
    ['{User}', '{User}'],
    ['{constructor}', '{constructor}'],
    ['{__proto__}', '{__proto__}'],
    ['{user}{usr}', '{usr}'],
    ['{random a|b}', '{random a|b}'],
    ['{toString}', '{toString}'],
  ])('refuses %j', (text, told) => {
    expect(findTemplateFault(text)).toContain(`in place of ${told}`);
  });

  it('says what was most likely meant', () => {
    expect(findTemplateFault('{agrs}')).toContain('did you mean {args}?');
    expect(findTemplateFault('{xyz}')).not.toContain('did you mean');
    expect(findTemplateFault('{args}', ['user', 'bits'])).toContain('expected {user}, {bits} or');
  });

  it('draws each of its choices and no other, at both ends of chance', () => {
    for (const [random, said] of [
      [0, 'a'],
      [0.34, 'b'],
      [0.999_999_999, 'c'],
    ] as const) {
      expect(render('{random: a | b | c}', random)).toBe(said);
    }
  });

  it('takes nothing in a value for a template', () => {
    const hostile = { user: '{args}', args: '{random: x | y}{count}', count: 1 };
    expect(parseTemplate('Hi {user} {args}').render(hostile, () => 0)).toBe(
      'Hi {args} {random: x | y}{count}',
    );
  });

  it('says nothing for a name that has no value', () => {
    expect(parseTemplate('a{bits}b', ['bits']).render({}, () => 0)).toBe('ab');
  });

  it('is read once, however long it is', () => {
    const text = 'x{user}{random: a | b}{'.repeat(20_000);
    const template = parseTemplate(text);
    expect(template.names).toHaveLength(20_000);
    expect(template.render(values, () => 0).length).toBe(20_000 * 'xAlicea{'.length);
    expect(findTemplateFault('{'.repeat(100_000))).toBeUndefined();
    expect(findTemplateFault(`${'{'.repeat(50_000)}x}`)).toContain('{x}');
  });
});
