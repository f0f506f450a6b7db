import { type Duration, parseDuration } from '../contracts/duration.js';
import { PluginError } from '../contracts/errors.js';
import { eventNames } from '../contracts/events.js';
import { nearest } from '../contracts/nearest.js';
import type { Plugin, PluginContext } from '../contracts/plugin.js';

/** Names that a plugin's `needs` cannot have, since `start` receives these under them. */
export const contextNames: readonly (keyof PluginContext)[] = [
  'id',
  'command',
  'reward',
  'on',
  'every',
  'after',
  'say',
  'store',
  'log',
  'clock',
  'onStop',
  'signal',
  'run',
  'waiting',
  'container',
  'isTrial',
];

/** The names that a function takes out of its first parameter, where they stand there as `{ gpio, command }`. */
const pattern = /^(?:async\s+)?(?:start\s*)?(?:function\s*\w*\s*)?\(\s*\{([^{}()=]*)\}/;

/** What is wrong with the names that `start` receives, and what to write. */
interface StartNameFault {
  readonly message: string;
  readonly hint: string;
}

/**
 * A need with a name that `start` uses itself; or a name that `start` takes out of what it receives, where it is no need
 * and nothing that all receive: it would be undefined when it is used, far from where it was forgotten.
 */
export function startNameFault({ needs = {}, start }: Plugin): StartNameFault | undefined {
  const reserved = Object.keys(needs).find((name) => contextNames.some((each) => each === name));
  if (reserved !== undefined) {
    return {
      message: `its need "${reserved}" has a name that start uses itself`,
      hint: 'Give that need another name in definePlugin.',
    };
  }
  if (start === undefined) return undefined;
  const known = [...contextNames, ...Object.keys(needs)];
  const unknown = namesIn(String(start)).find((each) => !known.includes(each));
  if (unknown === undefined) return undefined;
  const meant = nearest(unknown, known);
  const token = unknown.charAt(0).toUpperCase() + unknown.slice(1);
  return {
    message: `its start takes "${unknown}", which it does not receive`,
    hint:
      meant === undefined
        ? `Name the service in definePlugin: needs: { ${unknown}: ${token} }`
        : `Did you mean "${meant}"? A service must be named under needs.`,
  };
}

function namesIn(source: string): readonly string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  const [, inner = ''] = pattern.exec(code) ?? [];
  return inner
    .split(',')
    .flatMap((part) => /^\s*([A-Za-z_$][\w$]*)\s*(?::|$)/.exec(part)?.[1] ?? []);
}

/** Events of first-party plugins, for "did you mean". */
const others = ['pin', 'gadget'];

/** Shortest interval, in milliseconds: a shorter one leaves the bot no time for anything else. */
const shortest = 10;

/** A number alone is milliseconds: below this one, seconds were surely meant. */
const leastAlone = 100;

/**
 * Checks what a plugin gives to `on`.
 * @returns a remark where the event is known to nobody yet, though some plugin may emit it
 * @throws PluginError PLUGIN_CALL_INVALID for what is no event's name, looks like a misspelt one, or has no listener
 */
export function checkListening(event: unknown, listener: unknown): string | undefined {
  const right = 'on("raid", ({ user }) => …)';
  if (typeof event !== 'string' || event === '') {
    throw invalid(`on() was given ${describe(event)} as an event`, right);
  }
  if (typeof listener !== 'function') {
    throw invalid(`on("${event}") was given ${describe(listener)} as a listener`, right);
  }
  const names = [...eventNames, ...others];
  if (names.includes(event)) return undefined;
  const meant = nearest(event, names);
  if (meant !== undefined) {
    throw invalid(`There is no event "${event}"`, `on("${meant}", …), if that is meant`);
  }
  return `No event "${event}" is known. It is heard only if a plugin emits it; core has ${eventNames.join(', ')}.`;
}

/**
 * Checks what a plugin gives to `every` or `after`.
 * @throws PluginError PLUGIN_CALL_INVALID for no duration, an interval under 10 ms, or no task
 */
export function checkTimer(
  name: 'every' | 'after',
  duration: unknown,
  task: unknown,
): asserts duration is Duration {
  const right = `${name}("30s", () => …)`;
  const isText = typeof duration === 'string' || typeof duration === 'number';
  const milliseconds = isText ? parseDuration(duration) : undefined;
  if (milliseconds === undefined) {
    throw invalid(`${name}() was given ${describe(duration)} as a duration`, right);
  }
  if (name === 'every' && milliseconds < shortest) {
    throw invalid(
      `every() was given ${describe(duration)}, and cannot run more often than each ${shortest} ms`,
      `${right}; a number means milliseconds`,
    );
  }
  if (name === 'every' && typeof duration === 'number' && duration < leastAlone) {
    throw invalid(
      `every() was given ${duration}, which is ${duration} milliseconds`,
      `every("${duration}s", () => …) if seconds are meant, or every("${duration}ms", () => …)`,
    );
  }
  if (typeof task !== 'function') {
    throw invalid(`${name}() was given ${describe(task)} as a task`, right);
  }
}

function describe(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (typeof value === 'string') return `"${value.slice(0, 40)}"`;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function invalid(what: string, right: string): PluginError {
  return new PluginError('PLUGIN_CALL_INVALID', `${what}.`, { hint: `Write: ${right}` });
}
