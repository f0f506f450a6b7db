import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { EventStream } from '../../src/live/event-stream.js';

/** An answer whose reader takes what he likes. */
class FakeResponse extends EventEmitter {
  text = '';
  destroyed = false;
  writableEnded = false;
  writableLength = 0;
  /** Whether the reader reads. */
  reads = true;

  writeHead(): void {}

  write(part: string): boolean {
    this.text += part;
    if (!this.reads) this.writableLength += part.length;
    return this.reads;
  }

  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

let response: FakeResponse;
let stream: EventStream;
beforeEach(() => {
  jest.useFakeTimers();
  response = new FakeResponse();
  // Of an answer, a stream uses no more than this.
  stream = new EventStream(response as unknown as ServerResponse, {});
});
afterEach(() => {
  jest.useRealTimers();
});

describe('a stream of events', () => {
  it('keeps each event one, whatever is in it', () => {
    stream.send('feed', { text: 'a\n\nevent: beat\ndata: {}\r\n\u2028' }, 'run-1');
    expect(response.text.split('\n\n').filter(Boolean)).toHaveLength(2);
    expect(response.text).toContain('id: run-1\nevent: feed\ndata: {"text":"a\\n\\nevent');
  });

  it('shows that it lives when there is nothing to tell, and only then', () => {
    jest.advanceTimersByTime(1_900);
    expect(response.text.match(/event: beat/g)).toHaveLength(3);
    for (let count = 0; count < 10; count++) {
      stream.send('feed', []);
      jest.advanceTimersByTime(500);
    }
    expect(response.text.match(/event: beat/g)?.length).toBeLessThanOrEqual(4);
  });

  it('drops a reader who does not read, after half a megabyte, and keeps nothing for him', () => {
    response.reads = false;
    for (let count = 0; count < 10_000; count++) stream.send('feed', { text: 'x'.repeat(1_000) });
    expect(response.destroyed).toBe(true);
    expect(response.writableLength).toBeLessThan(600_000);
  });

  it('is still once it is over', () => {
    stream.drop();
    const { text } = response;
    stream.send('feed', []);
    jest.advanceTimersByTime(10_000);
    expect(response.text).toBe(text);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('goes with a connection that breaks', () => {
    response.emit('error', new Error('reset'));
    expect(response.destroyed).toBe(true);
    expect(jest.getTimerCount()).toBe(0);
  });
});
