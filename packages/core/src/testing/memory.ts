import type { Json, Store } from '../contracts/store.js';

/** A {@link Store} that forgets everything with the test. */
export class MemoryStore implements Store {
  readonly values = new Map<string, Json>();

  async get(key: string): Promise<Json | undefined> {
    return structuredClone(this.values.get(key));
  }

  async set(key: string, value: Json): Promise<void> {
    this.values.set(key, structuredClone(value));
  }

  async update(key: string, change: (value: Json | undefined) => Json): Promise<Json> {
    const value = change(this.values.get(key));
    this.values.set(key, structuredClone(value));
    return value;
  }

  async delete(key: string): Promise<boolean> {
    return this.values.delete(key);
  }

  async keys(): Promise<readonly string[]> {
    return [...this.values.keys()];
  }
}
