import { type Duration, parseDuration } from '../contracts/duration.js';
import { eventNames } from '../contracts/events.js';
import { nearest } from '../contracts/nearest.js';
import { PluginError } from '../contracts/plugin-error.js';

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
