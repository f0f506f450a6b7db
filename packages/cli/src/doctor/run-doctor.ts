import type { Finding } from '@pertybot/core';
import { type Style, styleFor } from '../style.js';
import { checkBot } from './bot-checks.js';
import { checkFolder } from './folder-checks.js';
import { checkLogin } from './login-checks.js';
import { checkMachine } from './machine-checks.js';
import { checkNetwork } from './network-checks.js';
import { checkPlugins } from './plugin-checks.js';

/** How {@link runDoctor} tells what it found. */
export interface RunDoctorOptions {
  readonly json: boolean;
  /** Whether Twitch is asked. */
  readonly network: boolean;
  print(text: string): void;
}

/**
 * Looks at everything that a bot stands on.
 * @returns whether nothing is in the way of it
 */
export async function runDoctor(folder: string, options: RunDoctorOptions): Promise<boolean> {
  const { json, network, print } = options;
  const parts = await Promise.all([
    checkMachine(folder),
    checkBot(folder),
    checkFolder(folder),
    checkPlugins(folder),
    network ? checkNetwork() : [],
    network ? checkLogin(folder) : [],
  ]);
  const findings = parts.flat();
  const healthy = !findings.some(({ level }) => level === 'error');
  print(
    json
      ? JSON.stringify({ ok: healthy, findings }, undefined, 2)
      : formatFindings(findings, styleFor(process.stdout)),
  );
  return healthy;
}

/** Findings for people, a line each, and what mends it. */
export function formatFindings(findings: readonly Finding[], style: Style): string {
  const marks = {
    ok: style.green('✓'),
    info: style.cyan('i'),
    warning: style.yellow('!'),
    error: style.red('✗'),
  };
  const width = Math.max(0, ...findings.map(({ subject }) => subject.length));
  return findings
    .map(({ level, subject, message, hint }) => {
      const line = `${marks[level]} ${style.bold(subject.padEnd(width))}  ${message}`;
      if (hint === undefined || level === 'ok') return line;
      return `${line}\n${' '.repeat(width + 4)}${style.dim(hint)}`;
    })
    .join('\n');
}
