import type { ConfigProblem, YamlPath } from './config-error.js';
import type { YamlSource } from './yaml-source.js';

/** A number alone is milliseconds: below this one, seconds were meant. */
const leastAlone = 1_000;

/** The faults of an entry whose times are numbers that can only be seconds: `cooldown: 30` would be 30 ms. */
export function bareTimes(
  source: YamlSource,
  path: YamlPath,
  entry: unknown,
): readonly ConfigProblem[] {
  return timesOf(entry).flatMap(({ at, value }) => {
    if (typeof value !== 'number' || value <= 0 || value >= leastAlone) return [];
    return {
      file: source.file,
      position: source.position([...path, ...at]),
      message: `${at.join('.')}: ${value} alone is ${value} milliseconds`,
      hint: `Write ${value}s if seconds are meant, or ${value}ms.`,
    };
  });
}

interface WrittenTime {
  /** Below the entry. */
  readonly at: YamlPath;
  readonly value: unknown;
}

function timesOf(entry: unknown): readonly WrittenTime[] {
  const { startTimeout, commands, rewards } = toMap(entry);
  return [
    { at: ['startTimeout'], value: startTimeout },
    ...cooldownsOf('commands', commands),
    ...cooldownsOf('rewards', rewards),
  ];
}

function cooldownsOf(key: string, tunings: unknown): readonly WrittenTime[] {
  return Object.entries(toMap(tunings)).flatMap(([name, tuning]) => {
    const { cooldown } = toMap(tuning);
    const at = [key, name, 'cooldown'];
    const byRole = Object.entries(toMap(cooldown));
    return [
      { at, value: cooldown },
      ...byRole.map(([role, value]) => ({ at: [...at, role], value })),
    ];
  });
}

function toMap(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
