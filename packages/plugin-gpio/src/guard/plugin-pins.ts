import { nearest, type Refusal } from '@pertybot/core';
import type { GpioConfig } from '../gpio-config.js';
import { GpioError } from '../gpio-error.js';
import { refuseWith } from '../refuse-with.js';

type PinLimits = Pick<GpioConfig, 'pins'>;

/** Whose pin it is. */
interface PluginPin {
  readonly plugin: string;
  readonly pin: string;
}

/**
 * Checks the plugins that `pins:` names.
 * @param ids of the plugins of the bot
 * @throws GpioError GPIO_LIMIT_INVALID
 */
export function requireKnownPlugins({ pins }: PinLimits, ids: readonly string[]): void {
  for (const [pin, { plugin }] of Object.entries(pins)) {
    if (plugin === undefined || ids.includes(plugin)) continue;
    const meant = nearest(plugin, ids);
    const message = `"pins:" sets ${pin} for the plugin "${plugin}", which plugins.yaml does not have.`;
    throw new GpioError('GPIO_LIMIT_INVALID', message, {
      hint: meant === undefined ? `Plugins: ${ids.join(', ')}.` : `Did you mean "${meant}"?`,
    });
  }
}

/**
 * A plugin whose limits are set for a pin that it does not have may have another pin without them: it
 * switches nothing on.
 */
export function refuseWithoutLimits(
  { plugin }: PluginPin,
  { pins }: PinLimits,
  claimed: Iterable<{ readonly identity: PluginPin }>,
): Refusal | undefined {
  for (const pin in pins) {
    if (pins[pin]?.plugin === plugin && !has(claimed, plugin, pin)) {
      return refuseWith('pin.limits', { pin, plugin });
    }
  }
  return undefined;
}

function has(
  claimed: Iterable<{ readonly identity: PluginPin }>,
  plugin: string,
  pin: string,
): boolean {
  for (const { identity } of claimed) {
    if (identity.plugin === plugin && identity.pin === pin) return true;
  }
  return false;
}
