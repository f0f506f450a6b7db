import { readdirSync } from 'node:fs';
import { cp, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { makeBotFolder, type TestFolder } from './support/bot-folder.js';
import { eventsOf, repository } from './support/run-pertybot.js';
import { askPertybot } from './support/served-command.js';

// Whole programs are started here, and a crowd takes its time to vote.
jest.setTimeout(60_000);

const examples = join(repository, 'examples');

/** What is said to each example, and what its pins do then. */
const sessions: Readonly<Record<string, { readonly lines: string; readonly pins: string }>> = {
  'desk-lamp-and-horn': {
    lines: 'alice: !lamp on\nalice: !horn\nbob[sub]: !horn 2\n',
    pins: 'lamp+ horn+ horn- horn+ horn- lamp-',
  },
  'treat-dispenser': {
    lines: 'alice: !treat\nalice: !treats\n',
    pins: 'flap+ flap- flap+ flap-',
  },
  'christmas-lights': {
    lines: 'alice: !tree chase 1\nbob: !tree chase 1\ncarol: !tree off\n',
    pins: 'tree+ tree- tree+ tree- tree+ tree-',
  },
  'panic-button': {
    lines: 'alice: !fan on\npress panic\nalice: !fan on\nalice: !stopped\n',
    pins: 'fan+ fan-',
  },
};

describe('the examples', () => {
  let folder: TestFolder | undefined;
  afterEach(() => folder?.remove());

  /** A copy, so that one that runs in the repository does not matter. */
  async function copy(name: string): Promise<string> {
    folder = await makeBotFolder({});
    await cp(join(examples, name), folder.path, {
      recursive: true,
      filter: (source) => !source.endsWith('.pertybot'),
    });
    await symlink(join(repository, 'node_modules'), folder.file('node_modules'));
    return folder.path;
  }

  it('are all run here', () => {
    const folders = readdirSync(examples, { withFileTypes: true }).filter((each) =>
      each.isDirectory(),
    );
    // Two machines and a broker are run by its own test.
    const known = [...Object.keys(sessions), 'second-pi'];
    expect(folders.map(({ name }) => name).sort()).toEqual(known.sort());
  });

  it.each(Object.entries(sessions))('%s obeys chat', async (name, { lines, pins }) => {
    const run = await askPertybot(['dev', '--json'], { folder: await copy(name), input: lines });
    const events = eventsOf(run);
    const seen = events
      .filter(({ type }) => type === 'pin')
      .map(({ gadget, on }) => `${gadget}${on ? '+' : '-'}`);
    expect(seen.join(' ')).toBe(pins);
    expect(events.at(-1)).toMatchObject({ type: 'stopped' });
    expect(run.code).toBe(0);
  });

  it.each(Object.keys(sessions))('%s passes the check', async (name) => {
    const environment = { TWITCH_CLIENT_ID: 'id', TWITCH_CLIENT_SECRET: 'secret' };
    const run = await askPertybot(['check'], { folder: await copy(name), environment });
    expect(run.stderr).toBe('');
    expect(run.stdout).toContain('plugins.yaml is fine');
    expect(run.code).toBe(0);
  });
});
