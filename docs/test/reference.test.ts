import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as core from '@pertybot/core';
import * as host from '@pertybot/core/host';
import * as coreTesting from '@pertybot/core/testing';
import dashboard from '@pertybot/plugin-dashboard';
import eventsub from '@pertybot/plugin-eventsub';
import gpio, * as gpioFace from '@pertybot/plugin-gpio';
import irc from '@pertybot/plugin-irc';
import oauth from '@pertybot/plugin-oauth';
import texts from '@pertybot/plugin-texts';
import * as testing from '@pertybot/testing';
import * as simulator from '@pertybot/twitch-simulator';
import { firstPartyKinds } from '../../packages/plugin-gpio/src/gadgets/kinds/first-party.js';
import { readCommandTree, root } from './pages.js';

const folder = mkdtempSync(path.join(tmpdir(), 'reference-'));
const read = (...names: string[]) => readFileSync(path.join(folder, ...names), 'utf8');

/** The text below a heading, up to the next one of its rank. */
const section = (page: string, heading: string) =>
  page.split(`\n${heading}\n`)[1]?.split(`\n${heading.split(' ')[0]} `)[0];

beforeAll(() => {
  // It fails where typedoc has a warning: a link in a comment that leads nowhere, for one.
  const env = { ...process.env, NODE_OPTIONS: '', NODE_ENV: '' };
  const program = path.join(root, 'tools', 'site.mjs');
  execFileSync(process.execPath, [program, 'reference', folder], { env, stdio: 'pipe' });
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 9 }));

describe('the reference of commands', () => {
  it('has each command, with each of its flags', () => {
    const page = read('commands.md');
    const [common = ''] = page.split('\n## ');
    for (const [name, flags] of readCommandTree()) {
      const own = section(page, `## ${name}`);
      if (own === undefined) {
        expect(page).toMatch(new RegExp(`^Also: .*\`${name}\``, 'm'));
        continue;
      }
      const missing = [...flags]
        .filter((flag) => !['--help', '-h'].includes(flag) && !flag.startsWith('--no-'))
        .filter((flag) => !`${common}${own}`.replace('--[no-]', '--').includes(`\`${flag}`));
      expect([name, missing]).toEqual([name, []]);
    }
  });
});

describe('the reference of the configuration', () => {
  it.each(Object.entries({ dashboard, eventsub, gpio, irc, oauth, texts }))(
    'has each key of %s',
    (name, { config }) => {
      const own = section(read('configuration.md'), `## ${name}`) ?? '';
      expect(own).not.toBe('');
      const entries = config !== undefined && 'entries' in config ? Object(config.entries) : {};
      const dropped = ['fastPath'];
      const missing = Object.keys(entries)
        .filter((key) => !dropped.includes(key))
        .filter((key) => !own.includes(`| \`${key}\` |`));
      expect(missing).toEqual([]);
    },
  );

  it('has each kind of gadget, with each of its keys', () => {
    const page = read('configuration.md');
    for (const { type, entries } of firstPartyKinds) {
      const own = section(page, `### ${type}`) ?? '';
      const missing = Object.keys(entries).filter((key) => !own.includes(`| \`${key}\` |`));
      expect([type, own === '', missing]).toEqual([type, false, []]);
    }
  });
});

describe('the reference of the API', () => {
  it.each(
    Object.entries({
      core,
      'core/host': host,
      'core/testing': coreTesting,
      'plugin-gpio': gpioFace,
      testing,
      'twitch-simulator': simulator,
    }),
  )('has what @pertybot/%s exports', (name, face) => {
    const page = read('api', '@pertybot', `${name}.md`);
    const missing = Object.keys(face)
      // valibot has pages of its own, and so has what another package only passes on.
      .filter((each) => !['default', 'v'].includes(each))
      .filter((each) => !new RegExp(`^#+ (.?abstract.? )?${each}\\b`, 'im').test(page));
    expect(missing).toEqual([]);
  });
});
