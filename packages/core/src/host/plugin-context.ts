import { checkText } from '../commands/call.js';
import type { Undo } from '../contracts/consumer.js';
import { type Duration, toMilliseconds } from '../contracts/duration.js';
import type { Container } from '../contracts/injection.js';
import type { Logger } from '../contracts/logger.js';
import type { PluginContext } from '../contracts/plugin.js';
import type { Store } from '../contracts/store.js';
import { runFor } from '../events/attribution.js';
import { checkListening, checkTimer } from './check-calls.js';
import { declaredOptions } from './declared-commands.js';
import type { HostedPlugin } from './hosted-plugin.js';
import type { HostServices } from './plugin-container.js';
import type { UndoList } from './undo-list.js';

/** Runs a task of one plugin; what it throws is that plugin's fault. Never rejects. */
export type RunOwn = (where: string, task: () => unknown) => Promise<void>;

/** Makes the {@link RunOwn} of the plugin `id`. */
export function createRunOwn(id: string, core: Pick<HostServices, 'onFault'>): RunOwn {
  return async (where, task) => {
    const attribution = { plugin: id, where };
    try {
      await runFor(attribution, task);
    } catch (error) {
      core.onFault(attribution, error);
    }
  };
}

/** What a context is made of beside what core has: what one life of the plugin has of its own. */
export interface ContextParts {
  readonly container: Container;
  readonly log: Logger;
  readonly store: Store;
  readonly signal: AbortSignal;
  readonly undos: UndoList;
  readonly run: RunOwn;
  waiting(reason: string): Undo;
}

/** Makes what `start` receives beside its needs. */
export function createPluginContext(
  { id, tuning, rewards, plugin, config }: HostedPlugin,
  core: HostServices,
  life: ContextParts,
): PluginContext {
  const { log, signal, undos, run } = life;
  const owner = { id, log, signal, tuning, rewards, place: () => core.placeOf(id) };
  // Before start, which may take its time: they are away until their commands come.
  undos.add(core.paid.registry.addRuns(owner));
  const declared = declaredOptions(plugin, config);
  return {
    id,
    log,
    signal,
    clock: core.clock,
    store: life.store,
    container: life.container,
    isTrial: core.isTrial,
    waiting: life.waiting,
    run: (where, task) => void run(where, task),
    onStop: (undo) => {
      undos.add(undo);
    },
    // The registry keeps a handler beside its signature, and forgets their types together.
    command: (signature: string, ...given: readonly unknown[]) => {
      const [options, handler] =
        typeof given[0] === 'function' && given.length < 2
          ? [declared(signature), given[0]]
          : given;
      return undos.add(
        core.commands.add(owner, signature, (options ?? {}) as never, handler as never),
      );
    },
    reward: (signature, options, handler) =>
      undos.add(core.paid.registry.add(owner, signature, options as never, handler as never)),
    on: (event, listener) => {
      const remark = checkListening(event, listener);
      if (remark !== undefined) log.warn(remark);
      return undos.add(core.events.on(event, listener, id));
    },
    after: (delay, task) => {
      checkTimer('after', delay, task);
      const undo = undos.add(
        core.clock.after(toMilliseconds(delay), () => {
          // It is spent: nothing of it may be kept until the plugin stops.
          undo();
          void run('timer', task);
        }),
      );
      return undo;
    },
    every: (interval, task) => {
      checkTimer('every', interval, task);
      return undos.add(repeat(core, interval, () => run('timer', task)));
    },
    say: async (text, options) => {
      checkText('say', text);
      return (await core.chat()?.say(text, options)) ?? { status: 'dropped', reason: 'no chat' };
    },
  };
}

/** Runs `task` after each interval, counted from the end of the run before. */
function repeat({ clock }: HostServices, interval: Duration, task: () => Promise<void>): Undo {
  let stopped = false;
  let cancel: Undo;
  const arm = () => {
    cancel = clock.after(toMilliseconds(interval), () => {
      void task().finally(() => {
        if (!stopped) arm();
      });
    });
  };
  arm();
  return () => {
    stopped = true;
    cancel();
  };
}
