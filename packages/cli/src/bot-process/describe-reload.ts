import type { ReloadResult } from '@pertybot/core/host';

/**
 * What a reload did, in a sentence.
 * @returns undefined when nothing of the bot changed
 */
export function describeReload(result: ReloadResult): string | undefined {
  if (result.rolledBack !== undefined) {
    // Why is in the log, with its place and its cure.
    return `The edit was undone, the bot runs on as before: ${result.rolledBack.replace(/: .*/s, '.')}`;
  }
  const parts = [
    sentence('added', result.added),
    sentence('removed', result.removed),
    sentence('changed', [...result.changed, ...result.reconfigured]),
  ].filter((part) => part !== undefined);
  const restarted = sentence('restarted', result.restarted);
  const sentences = [
    parts.length === 0 ? '' : `Reloaded: ${[...parts, restarted].filter(Boolean).join('; ')}.`,
    ...(result.outdated ?? []).map(
      ({ id, installed }) =>
        `${id} ${installed} is installed; start the bot again to run it, until then it runs on as it was.`,
    ),
  ].filter((each) => each !== '');
  return sentences.length === 0 ? undefined : sentences.join(' ');
}

function sentence(what: string, ids: readonly string[]): string | undefined {
  return ids.length === 0 ? undefined : `${what} ${[...new Set(ids)].join(', ')}`;
}
