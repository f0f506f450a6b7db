import type { Finding } from '@pertybot/core';
import { type Style, styleFor } from '../terminal/style.js';
import { toPlainText, wrap } from '../terminal/text.js';
import { checkBot } from './bot-checks.js';
import { checkFolder, checkPlugins } from './folder-checks.js';
import { checkMachine } from './machine-checks.js';
import { checkLogins, checkNetwork } from './twitch-checks.js';

/** How {@link runDoctor} looks and tells. */
export interface RunDoctorOptions {
  readonly json: boolean;
  /** Whether Twitch is asked. */
  readonly network: boolean;
}

/** What {@link runDoctor} found. */
export interface DoctorReport {
  /** Whether nothing is in the way of the bot. */
  readonly ok: boolean;
  /** For people, or as JSON. */
  readonly text: string;
}

/** Looks at everything that a bot stands on. */
export async function runDoctor(folder: string, options: RunDoctorOptions): Promise<DoctorReport> {
  const { json, network } = options;
  const parts = await Promise.all([
    checkMachine(folder),
    checkBot(folder),
    checkFolder(folder),
    checkPlugins(folder),
    network ? checkNetwork() : [],
    network ? checkLogins(folder) : [],
  ]);
  const findings = parts.flat();
  const ok = !findings.some(({ level }) => level === 'error');
  const text = json
    ? JSON.stringify({ ok, findings }, undefined, 2)
    : formatFindings(findings, styleFor(process.stdout), process.stdout.columns);
  return { ok, text };
}

/**
 * Findings for people, and what mends them. What plugins say in them cannot move the cursor.
 * @param columns of the terminal; without, each is a line
 */
export function formatFindings(
  findings: readonly Finding[],
  style: Style,
  columns?: number,
): string {
  const marks = {
    ok: style.green('✓'),
    info: style.cyan('i'),
    warning: style.yellow('!'),
    error: style.red('✗'),
  };
  const width = Math.max(0, ...findings.map(({ subject }) => subject.length));
  return findings
    .map(({ level, subject, message, hint }) => {
      const indent = width + 4;
      const words = wrap(toPlainText(message), columns, indent);
      const title = style.bold(toPlainText(subject).padEnd(width));
      const line = `${marks[level]} ${title}  ${words}`;
      if (hint === undefined || level === 'ok') return line;
      return `${line}\n${' '.repeat(indent)}${style.dim(wrap(toPlainText(hint), columns, indent))}`;
    })
    .join('\n');
}
