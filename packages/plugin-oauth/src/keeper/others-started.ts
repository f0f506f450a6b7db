import { BotStatus, type PluginContext, type Undo } from '@pertybot/core';

/** How long a slow plugin may hold up the login, milliseconds. */
const patience = 3_000;

/**
 * Resolves when no other plugin is about to start: what each listens to is known then, and one login asks for all.
 * What needs the login itself does not count, since it waits.
 */
export function othersStarted({
  clock,
  container,
  id,
  on,
}: Pick<PluginContext, 'clock' | 'container' | 'id' | 'on'>): Promise<void> {
  const status = container.resolve(BotStatus);
  const isStarting = () =>
    status.plugins.some(
      (each) => each.id !== id && ['loaded', 'starting'].includes(each.state.name),
    );
  return new Promise((resolve) => {
    const undos: Undo[] = [];
    const end = () => {
      for (const undo of undos) undo();
      resolve();
    };
    undos.push(clock.after(patience, end));
    undos.push(on('plugin', () => isStarting() || end()));
    // Later: those behind this one in plugins.yaml have not begun.
    queueMicrotask(() => isStarting() || end());
  });
}
