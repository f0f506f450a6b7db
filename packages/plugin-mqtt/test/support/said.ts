import type { AnnouncedGadget, Sender, Wish } from '../../src/protocol/messages.js';

/** An id as machines make them, out of one digit. */
export const idOf = (digit: string) => digit.repeat(16);

/** A bot that sits in chat. */
export const host: Sender = { id: idOf('a'), session: idOf('b'), name: 'living-room' };

/** Another one. */
export const stranger: Sender = { id: idOf('8'), session: idOf('9'), name: 'stranger' };

/** A message as it comes over the wire. */
export const bytes = (said: unknown) => Buffer.from(JSON.stringify(said));

/** A wish that a lamp be on. */
export function wishOf(more: Partial<Wish> = {}): Wish {
  return {
    ...{ id: idOf('f'), host, beat: { session: idOf('c'), n: 1 } },
    ask: { do: 'perform', gadget: 'lamp', action: 'on', paid: false },
    ...more,
  };
}

/** A lamp as its machine tells of it. */
export function announcedOf(name: string, more: Partial<AnnouncedGadget> = {}): AnnouncedGadget {
  return {
    ...{ name, type: 'light', about: `A ${name}`, usage: `${name} <on|off>`, pins: ['GPIO17'] },
    verbs: [
      { name: 'on', about: 'Switches on', value: 'time' },
      { name: 'off', about: 'Switches off', urgent: true },
    ],
    drives: [],
    outputs: [{ pin: 'GPIO17', kind: 'light', maxOn: 600_000, driver: 'chardev' }],
    ...more,
  };
}
