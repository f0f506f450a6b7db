import { describe, expect, it } from '@jest/globals';
import { formatBoard } from '../../src/terminal/board-line.js';
import { styleFor } from '../../src/terminal/style.js';

const style = styleFor({}, {});
const lamp = { gadget: 'lamp', pin: 'GPIO17', on: true };
const horn = { gadget: 'horn', pin: 'GPIO27', on: false };

describe('formatBoard', () => {
  it('shows gadget, pin and state of each output on one line', () => {
    expect(formatBoard([lamp, horn], style, 80)).toEqual(['◉ lamp GPIO17 on   ○ horn GPIO27 off']);
  });

  it('takes more lines on a narrow terminal', () => {
    expect(formatBoard([lamp, horn], style, 20)).toHaveLength(2);
  });

  it('leaves room for the chat, however many outputs there are', () => {
    const board = formatBoard(
      Array.from({ length: 26 }, () => lamp),
      style,
      20,
    );
    expect(board).toHaveLength(4);
    expect(board.at(-1)).toBe('… more');
  });
});
