import { atMost, type Clock } from '../contracts/clock.js';
import { type PluginHost, pluginStopLimit } from './plugin-host.js';

/** How long all plugins together may take to stop, milliseconds. */
const stopLimit = 4_500;

/** What a plugin gets although the time of all is over, milliseconds. */
const leastStopLimit = 20;

/**
 * Stops plugins one after the other, all within the time that a bot has. One that asks for more time of its own has
 * it, but does not hold up the others.
 * @param stop stops one within so many milliseconds
 */
export async function stopInTime<Host extends Pick<PluginHost, 'stopLimit'>>(
  hosts: readonly Host[],
  clock: Clock,
  stop: (host: Host, limit: number) => Promise<void>,
): Promise<void> {
  const end = clock.now() + stopLimit;
  const stops: Promise<void>[] = [];
  for (const host of hosts) {
    const left = Math.max(leastStopLimit, end - clock.now());
    const turn = Math.min(left, pluginStopLimit);
    const stopped = stop(host, host.stopLimit > pluginStopLimit ? host.stopLimit : turn);
    stops.push(stopped);
    await atMost(clock, turn, stopped);
  }
  await Promise.all(stops);
}
