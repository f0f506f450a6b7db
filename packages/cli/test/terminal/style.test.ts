import { describe, expect, it } from '@jest/globals';
import { styleFor } from '../../src/terminal/style.js';

const red = '\u001b[31mx\u001b[39m';

describe('styleFor', () => {
  it('colours a terminal', () => {
    expect(styleFor({ isTTY: true }, {}).red('x')).toBe(red);
  });

  it('leaves a pipe plain', () => {
    expect(styleFor({}, {}).red('x')).toBe('x');
  });

  it('obeys NO_COLOR, also where colours are forced', () => {
    expect(styleFor({ isTTY: true }, { NO_COLOR: '1', FORCE_COLOR: '1' }).red('x')).toBe('x');
  });

  it('takes an empty NO_COLOR for none', () => {
    expect(styleFor({ isTTY: true }, { NO_COLOR: '' }).red('x')).toBe(red);
  });

  it('obeys FORCE_COLOR both ways', () => {
    expect(styleFor({}, { FORCE_COLOR: '1' }).red('x')).toBe(red);
    expect(styleFor({ isTTY: true }, { FORCE_COLOR: '0' }).red('x')).toBe('x');
  });

  it('leaves a dumb terminal plain', () => {
    expect(styleFor({ isTTY: true }, { TERM: 'dumb' }).bold('x')).toBe('x');
  });
});
