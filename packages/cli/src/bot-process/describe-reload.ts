import type { ReloadResult } from '@pertybot/core/host';

/**
 * What a reload did, in a sentence.
 * @returns undefined when nothing of the bot changed
 */
export function describeReload(result: ReloadResult): string | undefined {
  if (result.rolledBack !== undefined) {
    return `The edit was undone, the bot runs on as before. ${result.rolledBack}`;
  }
  const parts = [
    sentence('added', result.added),
    sentence('removed', result.removed),
    sentence('changed', [...result.changed, ...result.reconfigured]),
  ].filter((part) => part !== undefined);
  if (parts.length === 0) return undefined;
  const restarted = sentence('restarted', result.restarted);
  return `Reloaded: ${[...parts, restarted].filter(Boolean).join('; ')}.`;
}

function sentence(what: string, ids: readonly string[]): string | undefined {
  return ids.length === 0 ? undefined : `${what} ${[...new Set(ids)].join(', ')}`;
}
