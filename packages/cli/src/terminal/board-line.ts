import type { Style } from './style.js';
import { flow, toPlainText } from './text.js';

/** An output as the board line shows it. */
export interface BoardOutput {
  readonly gadget: string;
  /** Such as `GPIO17`. */
  readonly pin: string;
  readonly on: boolean;
  /** Whether the pin is left alone. */
  readonly dryRun?: true;
}

/** Most lines that the board takes from the screen. */
const mostLines = 4;

/** The board as it stays above the prompt: `◉ lamp GPIO17 on   ○ horn GPIO27 off`. */
export function formatBoard(
  outputs: readonly BoardOutput[],
  style: Style,
  columns: number,
): string[] {
  const lines = flow(
    outputs.map((output) => formatOutput(output, style)),
    '   ',
    columns,
  );
  if (lines.length <= mostLines) return lines;
  return [...lines.slice(0, mostLines - 1), style.dim('… more')];
}

function formatOutput({ gadget: of, pin: name, on, dryRun }: BoardOutput, style: Style): string {
  // Another machine may have named them.
  const gadget = toPlainText(of);
  const pin = toPlainText(dryRun ? `${name} dry-run` : name);
  return on
    ? `${style.yellow('◉')} ${style.bold(gadget)} ${style.dim(pin)} ${style.yellow('on')}`
    : style.dim(`○ ${gadget} ${pin} off`);
}
