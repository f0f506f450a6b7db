import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const read = (...parts: string[]) =>
  readFileSync(path.join(__dirname, '..', '..', '..', ...parts), 'utf8');

const variablesIn = (text: string) =>
  [...text.matchAll(/^\s+(--overlay-[a-z]+): ([^;]+);/gm)].map(
    ([, name, value]) => `${name}: ${value}`,
  );

describe('the variables of the overlay', () => {
  const style = read('src', 'page', 'overlay', 'overlay.css');

  it('are told in docs/page.md as they are', () => {
    const told = variablesIn(read('..', '..', 'docs', 'page.md'));
    expect(told.length).toBeGreaterThan(5);
    expect(told).toEqual(variablesIn(style));
  });

  it('are each of use', () => {
    const names = variablesIn(style).map((each) => each.split(':')[0] ?? '');
    expect(names.filter((name) => !style.includes(`var(${name})`))).toEqual([]);
  });
});
