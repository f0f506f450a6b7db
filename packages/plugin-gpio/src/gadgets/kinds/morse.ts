import type { Pattern } from '../verbs/play-pattern.js';

/** Most signs of one pattern. */
const longest = 20;

/** Longest time of a pattern, in milliseconds: dashes alone, each a word of its own. */
export function longestMorse(dot: number): number {
  return longest * 6 * dot;
}

/**
 * Turns dots and dashes into times: a dash is three dots long, signs are a dot apart and a space is
 * three.
 * @param dot milliseconds
 * @returns undefined when `text` is something else, or too long
 */
export function parseMorse(text: string, dot: number): Pattern | undefined {
  const signs = text.trim().replaceAll('·', '.').replaceAll('–', '-').replace(/\s+/g, ' ');
  if (!/^[.\- ]+$/.test(signs) || signs === '') return undefined;
  if (signs.replaceAll(' ', '').length > longest) return undefined;
  const pattern: number[] = [];
  for (const sign of signs) {
    const pauseAt = pattern.length - 1;
    if (sign === ' ') pattern[pauseAt] = 3 * dot;
    else pattern.push(sign === '.' ? dot : 3 * dot, dot);
  }
  return pattern.slice(0, -1);
}
