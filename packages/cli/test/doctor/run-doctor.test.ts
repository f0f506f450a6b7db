import { describe, expect, it } from '@jest/globals';
import type { Finding } from '@pertybot/core';
import { formatFindings } from '../../src/doctor/run-doctor.js';
import { styleFor } from '../../src/terminal/style.js';

const plain = styleFor({}, {});
const format = (findings: readonly Finding[], columns?: number) =>
  formatFindings(findings, plain, columns).split('\n');

describe('formatFindings', () => {
  it('is empty for none', () => {
    expect(formatFindings([], plain)).toBe('');
  });

  it('marks each by its level, in columns', () => {
    const levels = ['ok', 'info', 'warning', 'error'] as const;
    const subjects = ['node', 'bot', 'files', 'plugins.yaml'];
    const findings = levels.map((level, index) => ({
      ...{ level, subject: subjects[index] ?? '', message: `It is ${level}.` },
    }));
    expect(format(findings)).toEqual([
      '✓ node          It is ok.',
      'i bot           It is info.',
      '! files         It is warning.',
      '✗ plugins.yaml  It is error.',
    ]);
  });

  it('says what mends it, but not of what is fine', () => {
    const hint = 'Run: npm install';
    expect(
      format([
        { level: 'ok', subject: 'node', message: 'Fine.', hint },
        { level: 'error', subject: 'npm', message: 'Missing.', hint },
      ]),
    ).toEqual(['✓ node  Fine.', '✗ npm   Missing.', '        Run: npm install']);
  });

  it('breaks long ones between words, below where they begin', () => {
    const message = 'one two three four five six seven';
    const lines = format([{ level: 'error', subject: 'npm', message, hint: message }], 24);
    expect(lines.every((line) => line.length <= 24)).toBe(true);
    expect(lines.slice(1).every((line) => /^ {7}\S/.test(line))).toBe(true);
    expect(lines.join(' ').match(/seven/g)).toHaveLength(2);
  });

  it('shows nothing of a plugin’s that would move the cursor or begin a line', () => {
    const strange = 'Fine\u001b[2J\r\n✓ bot  It runs.\u202e';
    const text = format([{ level: 'warning', subject: strange, message: strange, hint: strange }]);
    expect(text).toHaveLength(2);
    expect(text.join('')).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});
