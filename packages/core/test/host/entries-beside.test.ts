import { describe, expect, it } from '@jest/globals';
import { parseBotFile } from '../../src/bot-file/bot-file.js';
import { entriesBeside } from '../../src/host/entries-beside.js';

const beside = (text: string, overlay = {}) =>
  entriesBeside(parseBotFile(text, {}, {}), ['dashboard'], overlay);

describe('entriesBeside', () => {
  it('adds a plugin that the file does not name, with what is laid over it', () => {
    const overlay = { '@pertybot/plugin-dashboard': { port: 1 } };
    expect(beside('plugins: [{ use: irc }]', overlay)).toMatchObject([
      { id: 'dashboard', use: 'dashboard', enabled: true, config: { port: 1 }, path: [] },
    ]);
  });

  it.each([
    'plugins: [{ use: dashboard }]',
    'plugins: [{ use: dashboard, enabled: false }]',
    'plugins: [{ use: "@pertybot/plugin-dashboard", id: page }]',
    'plugins: [{ use: ./mine.ts, id: dashboard }]',
    'plugins: [{ use: 7 }]',
  ])('adds none to %s', (text) => {
    expect(beside(text)).toEqual([]);
  });
});
