import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStream } from '../../src/live/event-stream.js';
import { Feed } from '../../src/live/feed.js';
import { LastHour } from '../../src/live/last-hour.js';
import { read } from '../../src/live/reader.js';
import { ReportWatch } from '../../src/live/report-watch.js';
import { FakeControl } from '../fake-control.js';

/** A response that keeps what is written. */
class FakeResponse extends EventEmitter {
  text = '';
  destroyed = false;
  writableEnded = false;
  writableLength = 0;
  writeHead = () => this;
  write = (part: string) => {
    this.text += part;
    return true;
  };
  destroy = () => {
    this.destroyed = true;
    this.emit('close');
  };

  /** The data of the events of that name. */
  told(name: string): readonly unknown[] {
    const found = this.text.matchAll(new RegExp(`event: ${name}\\ndata: (.*)\\n`, 'g'));
    return [...found].map(([, data = '']) => JSON.parse(data));
  }
}

describe('read', () => {
  const control = new FakeControl();
  let response: FakeResponse;
  let stream: EventStream;
  const open: (() => void)[] = [];
  const feed = new Feed(() => 5);
  const hour = new LastHour(() => 0);
  const watch = new ReportWatch(control.report, () => 5);

  beforeEach(() => {
    response = new FakeResponse();
    // Only what a stream uses of it is there.
    stream = new EventStream(response as unknown as ServerResponse, {});
  });
  afterEach(() => {
    for (const undo of open.splice(0)) undo();
    stream.drop();
  });
  const start = (options: Partial<Parameters<typeof read>[2]> = {}) =>
    open.push(
      read(
        stream,
        { feed, hour, watch, log: control.log, epoch: 'now', now: () => 5 },
        { role: 'viewer', lastId: undefined, ...options },
      ),
    );

  it('tells what happened and the last hour, and the log only to the owner', () => {
    feed.hear({ name: 'estop', data: { engaged: true, by: 'alice' } });
    hour.hear({ name: 'message', data: {} });
    start();
    expect(response.told('hello')).toEqual([{ role: 'viewer', whole: true, now: 5 }]);
    expect(response.told('feed')).toEqual([
      [{ type: 'estop', engaged: true, by: 'alice', number: 1, at: 5 }],
    ]);
    expect(response.told('hour')).toMatchObject([{ commands: expect.any(Array), timeOn: [] }]);
    expect(response.told('log')).toEqual([]);
  });

  it('tells an overlay neither numbers nor who said what', () => {
    feed.hear({
      name: 'reply',
      data: { channel: 'c', text: 'hi', delivery: { status: 'written' } },
    });
    start({ isOverlay: true, role: 'owner' });
    expect(response.told('hour')).toEqual([]);
    expect(response.told('log')).toEqual([]);
    expect(response.text).not.toContain('"reply"');
  });

  it('begins where one left off, and anew where nobody knows', () => {
    start({ lastId: `now-${feed.newest}` });
    expect(response.told('hello')).toMatchObject([{ whole: false }]);
    expect(response.told('feed')).toEqual([]);
    start({ lastId: 'before-1' });
    expect(response.told('hello').at(-1)).toMatchObject({ whole: true });
  });

  it('drops a reader for whom too much waits', () => {
    response.writableLength = 1_000_000;
    start();
    expect(response.destroyed).toBe(true);
  });
});
