import { describe, expect, it } from '@jest/globals';
import { Counts } from '../../src/live/counts.js';
import { reasonsOfIllness } from '../../src/server/health.js';
import { formatMetrics } from '../../src/server/metrics.js';
import { FakeControl } from '../fake-control.js';

describe('formatMetrics', () => {
  it('is what Prometheus reads, whatever names there are', () => {
    const { current } = new FakeControl();
    const plugins = [{ id: 'a"b\\c\nd', use: '', about: '', state: 'failed', commands: [] }];
    const text = formatMetrics({ ...current, plugins }, new Counts(() => 0), 5);
    for (const line of text.trimEnd().split('\n')) {
      expect(line).toMatch(
        /^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="(?:[^"\\\n]|\\["\\n])*"(,\w+="[^"]*")*\})? [\d.]+)$/,
      );
    }
    expect(text).toContain('pertybot_plugin_running{plugin="a\\"b\\\\c\\nd"} 0');
  });
});

describe('reasonsOfIllness', () => {
  it('names each', () => {
    const { current } = new FakeControl();
    expect(reasonsOfIllness(current)).toEqual([]);
    const ill = {
      ...current,
      state: 'starting',
      channels: [{ channel: 'x', joined: false, problem: 'banned' }],
      plugins: [
        { id: 'oauth', use: 'oauth', about: '', state: 'waiting', detail: 'login', commands: [] },
      ],
      estop: 'the page',
    };
    expect(reasonsOfIllness(ill)).toEqual([
      'the bot is starting',
      'oauth is waiting: login',
      'not in #x: banned',
      'everything is stopped by the page',
    ]);
  });
});
