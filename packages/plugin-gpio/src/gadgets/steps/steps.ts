import { isRefusal, parseDuration, type Refusal, v } from '@pertybot/core';
import { refuseWith } from '../../refuse-with.js';
import type { Gadget } from '../gadget.js';
import type { VerbResult } from '../verbs/verb.js';

/** One step of a sequence: a pause, or something that a gadget does. */
export type Step =
  | { readonly wait: number }
  | {
      /** Name of the gadget. */
      readonly gadget: string;
      /** Such as `blink 3`. */
      readonly action: string;
    };

/** Longest pause within a sequence: an hour. */
const longestWait = 3_600_000;

/** Reads `wait 500ms` or `horn beep 3`. @returns undefined when `text` is neither */
function parseStep(text: string): Step | undefined {
  const [first = '', ...rest] = text.trim().split(/\s+/);
  const action = rest.join(' ');
  if (first === '') return undefined;
  if (first.toLowerCase() !== 'wait') return { gadget: first, action };
  const wait = parseDuration(action);
  return wait === undefined || wait > longestWait ? undefined : { wait };
}

/** Valibot schema of a list of steps in plugins.yaml. */
export function steps() {
  const step = v.pipe(
    v.string('expected a step such as "lamp on" or "wait 500ms"'),
    v.check((text) => parseStep(text) !== undefined, 'expected a time, such as wait 500ms'),
    v.transform((text): Step => parseStep(text) ?? { wait: 0 }),
  );
  return v.pipe(v.array(step), v.minLength(1, 'expected at least one step'));
}

/** Longest time that steps take together, in milliseconds. */
export function lengthOf(list: readonly Step[], find: StepPlayer['find']): number {
  const lengths = list.map((step) => {
    if ('wait' in step) return step.wait;
    const verbs = find(step.gadget)?.verbs ?? [];
    const [word = ''] = step.action.toLowerCase().split(' ');
    const meant = verbs.filter(({ name }) => name === word);
    // A value alone stands for one of its verbs.
    return Math.max(0, ...(meant.length > 0 ? meant : verbs).map(({ lasts = 0 }) => lasts));
  });
  return lengths.reduce((sum, length) => sum + length, 0);
}

/** What steps are played with. */
export interface StepPlayer {
  find(gadget: string): Gadget | undefined;
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/**
 * Plays steps one after the other; each begins when the one before has ended. When `signal` fires, a step is
 * refused or fails, every gadget that the steps have used is ended and switched off.
 * @returns the refusal of the first step, or the ongoing rest, which a later refusal ends
 */
export async function playSteps(
  [first, ...others]: readonly Step[],
  player: StepPlayer,
  signal: AbortSignal,
): Promise<VerbResult> {
  if (!first) return undefined;
  const used = new Set<Gadget>();
  const switchOff = () => Promise.all([...used].map((gadget) => gadget.switchOff()));
  // At once: a step that hangs must not keep the others on.
  const onAbort = () => void switchOff();
  signal.addEventListener('abort', onAbort, { once: true });
  const play = (step: Step) => untilDone(begin(step, player, { used, signal }), signal);
  const rest = async (done: Promise<void>) => {
    try {
      await untilDone(done, signal);
      for (const step of others) {
        const next = await play(step);
        if (isRefusal(next)) {
          await switchOff();
          return next;
        }
        await untilDone(next.done, signal);
      }
      return undefined;
    } catch (error) {
      await switchOff();
      if (!signal.aborted) throw error;
      return undefined;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  };
  const begun = await play(first);
  return isRefusal(begun) ? begun : { rest: rest(begun.done) };
}

async function begin(
  step: Step,
  { find, sleep }: StepPlayer,
  { used, signal }: { readonly used: Set<Gadget>; readonly signal: AbortSignal },
): Promise<Refusal | { readonly done: Promise<void> }> {
  if ('wait' in step) {
    const done = sleep(step.wait, signal);
    // Whoever begins it may have been ended before it waits for this.
    done.catch(() => {});
    return { done };
  }
  const gadget = find(step.gadget);
  if (!gadget) return refuseWith('gadget.missing', { gadget: step.gadget });
  const isOurs = used.has(gadget);
  used.add(gadget);
  const result = await gadget.perform(step.action);
  // What others do with it is theirs.
  if (isRefusal(result) && !isOurs) used.delete(gadget);
  return result;
}

/** @throws the signal's reason when it fires first */
function untilDone<Result>(done: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    done
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', onAbort))
      .catch(reject);
  });
}
