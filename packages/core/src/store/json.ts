import { StoreError } from '../contracts/store.js';

/**
 * Refuses a value that would not survive JSON.
 * @param key name under which it is to be stored
 * @throws StoreError STORE_VALUE_INVALID that names the place in the value
 */
export function assertJson(value: unknown, key: string): void {
  check(value, key, []);
}

/** @param above the objects that hold `value` */
function check(value: unknown, at: string, above: readonly object[]): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  if (typeof value !== 'object') throw invalid(at, String(typeof value));
  if (above.includes(value)) throw invalid(at, 'a circle');
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      check(item, `${at}[${index}]`, [...above, value]);
    });
    return;
  }
  if (!isPlain(value)) throw invalid(at, value.constructor.name);
  for (const [name, item] of Object.entries(value)) check(item, `${at}.${name}`, [...above, value]);
}

/** By its prototype's prototype, so that objects of other realms are plain too. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function invalid(at: string, what: string): StoreError {
  return new StoreError('STORE_VALUE_INVALID', `"${at}" is no JSON: it is ${what}.`, {
    hint: 'Store only text, numbers, booleans, null, lists and plain objects.',
  });
}

/** The value that a JSON text stands for; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
