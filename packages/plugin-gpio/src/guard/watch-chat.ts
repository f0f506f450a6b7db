import type { PluginContext, Undo } from '@pertybot/core';

/**
 * Calls `lost` when chat has been away for `limit` milliseconds: nobody can switch off any more what
 * somebody switched on.
 */
export function watchChat(
  { on, clock }: Pick<PluginContext, 'on' | 'clock'>,
  limit: number,
  lost: () => void,
): Undo {
  let cancel: Undo | undefined;
  const forget = () => {
    cancel?.();
    cancel = undefined;
  };
  const undos = [
    on('disconnected', () => {
      // The first of several counts.
      cancel ??= clock.after(limit, lost);
    }),
    on('connected', forget),
    forget,
  ];
  return () => {
    for (const undo of undos) undo();
  };
}
