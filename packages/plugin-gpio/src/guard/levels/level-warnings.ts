import type { Finding } from '@pertybot/core';
import type { OutputLevels } from './output-levels.js';

/** What the kernel does with an output that is given back; undefined where it does not say. */
export type ReleasePolicy = 'kept' | 'input' | undefined;

const configFile = '/boot/firmware/config.txt';

/** What the owner must know of outputs that are on while no bot holds them. @param policy of this kernel */
export function levelWarnings(
  outputs: readonly OutputLevels[],
  policy: ReleasePolicy,
): readonly Finding[] {
  return outputs.flatMap((output) => {
    const { gadget, pin, safe, pull, powerOn, beforeBot, afterStop } = output;
    const isOnAfter = policy === 'input' && afterStop.strict.on;
    const times = [
      ...(beforeBot.on ? ['from power-on until the bot'] : []),
      ...(powerOn.on && !beforeBot.on ? ['for a moment at power-on'] : []),
      ...(isOnAfter ? ['whenever the bot has stopped, by strict_gpiod'] : []),
    ];
    if (times.length === 0) return [];
    const wiring = safe === 1 ? 'active-low' : 'active-high';
    const pulled = pull === 'up' ? 'pulled up' : 'pulled down';
    const message = `"${gadget}" (${pin}) is on ${times.join(', and ')}: it is ${wiring}, and the pin is ${pulled}.`;
    const pins = safe === 1 ? 'GPIO2 to GPIO8' : 'GPIO9 to GPIO27';
    const line = `gpio=${pin.replace('GPIO', '')}=op,${safe === 1 ? 'dh' : 'dl'}`;
    const others = [
      ...(beforeBot.on ? [`add "${line}" to ${configFile}`] : []),
      ...(isOnAfter ? ['remove "dtparam=strict_gpiod" there'] : []),
    ];
    const hint = `Move it to one of ${pins}${others.length > 0 ? `, or ${others.join(' and ')}` : ''}.`;
    const level = beforeBot.on || isOnAfter ? 'warning' : 'info';
    return [{ level, subject: 'levels', message, hint }];
  });
}

/**
 * What the kernel's way with outputs that are given back means for these ones; `dtparam=strict_gpiod` is advised
 * only where it switches everything off.
 */
export function strictAdvice(outputs: readonly OutputLevels[], policy: ReleasePolicy): Finding[] {
  const subject = 'strict_gpiod';
  if (policy === undefined || outputs.length === 0) return [];
  const harmed = outputs.filter(({ afterStop }) => afterStop.strict.on);
  const names = harmed.map(({ gadget, pin }) => `"${gadget}" (${pin})`).join(', ');
  if (policy === 'input') {
    if (harmed.length > 0) {
      const message = `The kernel switches ${names} on when the bot stops or dies.`;
      const hint = `Remove "dtparam=strict_gpiod" from ${configFile}, then restart the computer.`;
      return [{ level: 'warning', subject, message, hint }];
    }
    const message = 'The kernel switches an output off when its program dies.';
    return [{ level: 'ok', subject, message }];
  }
  const kept = 'The kernel keeps an output on when its program dies; only the guardian ends that.';
  if (harmed.length > 0) {
    const message = `${kept} "dtparam=strict_gpiod" would be worse: it would switch ${names} on at every stop.`;
    return [{ level: 'info', subject, message }];
  }
  const hint = `Add "dtparam=strict_gpiod" to ${configFile}, then restart the computer.`;
  return [{ level: 'info', subject, message: kept, hint }];
}
