import { AsyncLocalStorage, executionAsyncResource } from 'node:async_hooks';
import type { PaidDeed } from '../contracts/paid-deed.js';

/** What of a plugin runs. */
export interface Attribution {
  /** Id of the plugin. */
  readonly plugin: string;
  /** Such as `command lamp`, `listener message`, `timer`, `start`. */
  readonly where: string;
  readonly messageId?: string;
  /** Id of the viewer whose words or deed it deals with. */
  readonly viewer?: string;
  /** Name of the command that the viewer called. */
  readonly command?: string;
  /** Login of the viewer whose command runs. */
  readonly user?: string;
  /** Name of the reward that the viewer redeemed. */
  readonly reward?: string;
  /** What the viewer paid for, which is told of all that moves. */
  readonly deed?: PaidDeed;
}

/** One in the process, since there is one `unhandledRejection` for all that runs in it. */
const storage = new AsyncLocalStorage<Attribution | undefined>();

/** Plugins whose ids {@link enteredLast} holds at a time, and bytes of each. */
const slots = 256;
const slotSize = 256;

/**
 * Whose code was entered last, for another thread to read while this one stands still: the slot of the plugin's id, and
 * the slots, each with the length of an id and its bytes. A listener of each message enters by a number alone.
 */
export const enteredLast = {
  slot: new Uint8Array(new SharedArrayBuffer(1)),
  ids: new Uint8Array(new SharedArrayBuffer(slots * slotSize)),
  slotSize,
} as const;

const encoder = new TextEncoder();
const slotsById = new Map<string, number>();
let lastId: string | undefined;

/** Most calls in a row are those of one plugin. */
function note({ plugin }: Attribution): void {
  if (plugin === lastId) return;
  lastId = plugin;
  enteredLast.slot[0] = slotsById.get(plugin) ?? takeSlot(plugin);
}

function takeSlot(plugin: string): number {
  if (slotsById.size === slots) slotsById.clear();
  const slot = slotsById.size;
  slotsById.set(plugin, slot);
  const bytes = enteredLast.ids.subarray(slot * slotSize + 1, (slot + 1) * slotSize);
  enteredLast.ids[slot * slotSize] = encoder.encodeInto(plugin, bytes).written;
  return slot;
}

/** Runs `work` so that whatever it leaves behind (promises, timers) is known to be the plugin's. */
export function runFor<Result>(attribution: Attribution, work: () => Result): Result {
  note(attribution);
  return storage.run(attribution, work);
}

/** Of work that is no plugin's. */
const nobody: Attribution = { plugin: '', where: '' };

/**
 * A value that work, and whatever it leaves behind, has beside its attribution. With an `AsyncLocalStorage` of its own, Node 20
 * would hand on one thing more for each promise of the process, as long as that runs.
 */
export class CarriedValue<Value> {
  private readonly key = Symbol('carried value');

  /** Runs `work` on `value`, which {@link get} gives until the work is another plugin's. */
  run<Result>(value: Value, work: (value: Value) => Result): Result {
    return storage.run({ ...(storage.getStore() ?? nobody), [this.key]: value }, work, value);
  }

  /** The value of what runs now. */
  get(): Value | undefined {
    // Only run() writes under this key.
    const carrying = storage.getStore() as { readonly [key: symbol]: Value } | undefined;
    return carrying?.[this.key];
  }
}

/**
 * The member of the running resource in which Node 20 keeps what {@link storage} holds. Later versions
 * keep it elsewhere, and have no such member.
 */
const place: symbol | undefined =
  'kResourceStore' in storage && typeof storage.kResourceStore === 'symbol'
    ? storage.kResourceStore
    : undefined;

/**
 * Runs `work`, which must not throw, on `data` for one item after another, each under its own attribution. For many
 * short calls this is far cheaper than {@link runFor} for each.
 */
export function runForEach<Item extends { readonly attribution: Attribution }, Data>(
  items: readonly Item[],
  work: (item: Item, data: Data) => void,
  data: Data,
): void {
  const before = storage.getStore();
  if (place === undefined || !isEnabled(storage)) storage.enterWith(before);
  // Each call that enters looks up the resource anew; while `work` runs it stays the same. Any object
  // takes a symbol.
  const resource = executionAsyncResource() as Record<symbol, unknown>;
  for (const item of items) {
    note(item.attribution);
    if (place === undefined) storage.enterWith(item.attribution);
    else resource[place] = item.attribution;
    work(item, data);
  }
  if (place === undefined) storage.enterWith(before);
  else resource[place] = before;
}

/** Whether it hands its value on already; it begins to at its first use. */
function isEnabled(of: object): boolean {
  return 'enabled' in of && of.enabled === true;
}

/** Whose code runs now, or failed just now. */
export function attributionNow(): Attribution | undefined {
  return storage.getStore();
}
