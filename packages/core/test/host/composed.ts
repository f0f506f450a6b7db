// biome-ignore-all lint/suspicious/noTemplateCurlyInString: plugins.yaml writes variables so
import { ConfigError } from '../../src/bot-file/config-error.js';
import type { BotFileOverlay } from '../../src/bot-file/entry.js';
import { loadComposition } from '../../src/host/composition.js';
import { PluginError } from '../../src/host.js';
import { AccessTokens, Chat, definePlugin, duration, type Plugin, v } from '../../src/index.js';

export const pin = () => v.pipe(v.string(), v.regex(/^GPIO\d+$/, 'expected a pin such as GPIO17'));

export const gadgets = definePlugin({
  name: 'gadgets',
  config: v.strictObject({
    pin: pin(),
    port: v.optional(v.number()),
    site: v.optional(v.pipe(v.string(), v.url())),
    burst: v.optional(duration(), '500ms'),
    mode: v.optional(v.picklist(['auto', 'simulated'])),
  }),
});

export const installed: Readonly<Record<string, Plugin>> = {
  gadgets,
  plain: definePlugin({ name: 'plain' }),
  irc: definePlugin({ name: 'irc', needs: { tokens: AccessTokens }, provides: [Chat] }),
  irc2: definePlugin({ name: 'irc2', provides: [Chat] }),
  bridge: definePlugin({ name: 'bridge', needs: { chat: Chat }, provides: [AccessTokens] }),
  oauth: definePlugin({ name: 'oauth', provides: [AccessTokens] }),
  greedy: definePlugin({ name: 'greedy', needs: { say: Chat } }),
};

export const loader = {
  load: async (use: string) => {
    const plugin = installed[use];
    if (plugin) {
      const resolved = { kind: 'local', file: use } as const;
      return { plugin, module: use, resolved, files: [] };
    }
    throw new PluginError('PLUGIN_NOT_INSTALLED', `The plugin "${use}" is not installed.`, {
      hint: `Run: pertybot plugins add ${use}`,
    });
  },
};

export interface Given {
  readonly environment?: Readonly<Record<string, string>>;
  readonly overlay?: BotFileOverlay;
}

export const load = (text: string, { environment = {}, overlay = {} }: Given = {}) =>
  loadComposition(text, { environment, overlay, loader });

export async function faultsOf(text: string, given?: Given): Promise<ConfigError> {
  const error = await load(text, given).catch((thrown: unknown) => thrown);
  if (error instanceof ConfigError) return error;
  throw new Error('There was no fault.');
}

/** The first line of each fault. */
export async function linesOf(text: string, given?: Given): Promise<readonly string[]> {
  const { problems } = await faultsOf(text, given);
  return problems.map(({ position: { line, column }, message }) => `${line}:${column} ${message}`);
}
