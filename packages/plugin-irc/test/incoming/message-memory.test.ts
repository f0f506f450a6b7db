import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { MessageMemory } from '../../src/incoming/message-memory.js';

test('knows each of the last thousand messages again', () => {
  const memory = new MessageMemory();
  const ids = Array.from({ length: 1_000 }, () => randomUUID());
  expect(ids.filter((id) => memory.isRepeated(id))).toEqual([]);
  expect(ids.filter((id) => memory.isRepeated(id))).toEqual(ids);
});

test('forgets old messages, and takes no message for another', () => {
  const memory = new MessageMemory();
  const first = randomUUID();
  memory.isRepeated(first);
  const others = Array.from({ length: 100_000 }, () => randomUUID());
  expect(others.some((id) => memory.isRepeated(id))).toBe(false);
  expect(memory.isRepeated(first)).toBe(false);
});
