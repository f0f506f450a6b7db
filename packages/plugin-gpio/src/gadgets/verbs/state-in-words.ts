import type { ReplyValue } from '@pertybot/core/host';
import type { Device } from '../gadget-kind.js';

/** What chat is told of a state, such as `on`; those of a group's members may differ. */
export function stateInWords(state: string): ReplyValue {
  const [first = '', ...others] = state.split(' and ');
  if (others.length === 0) return oneInWords(state);
  const last = stateInWords(others.join(' and '));
  return { reply: 'state.and', values: { first: oneInWords(first), last } };
}

function oneInWords(state: string): ReplyValue {
  const angle = /^at (-?[\d.]+°)$/.exec(state)?.[1];
  if (angle !== undefined) return { reply: 'state.at', values: { angle } };
  return { reply: `state.${state}`, otherwise: state };
}

/** How often, as chat is told: the `3` of `blink 3`. */
export function timesInWords(text: string): ReplyValue {
  if (text === '1') return { reply: 'times.once' };
  return text === '' ? '' : { reply: 'times.many', values: { count: text } };
}

/** A chip that has gone has no state, and must not keep those of the others from being told. */
export function stateOf(device: Pick<Device, 'state'>): string {
  try {
    return device.state;
  } catch {
    return 'unknown';
  }
}
