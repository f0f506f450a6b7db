import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { scopeLauncher, standBeforeGuardian } from '../../src/guardian/guardian-placement.js';
import { temporaryFolder } from '../temporary-folder.js';

describe('the scope of a guardian', () => {
  const environment = { PERTYBOT_SERVICE: 'pertybot-demo.service' };
  const everything = () => true;

  it('is made by the manager of the machine for root', () => {
    expect(scopeLauncher({ environment, uid: 0, exists: everything })).toEqual({
      words: expect.arrayContaining(['systemd-run', '--scope', '--']),
      environment: {},
    });
  });

  it('is made by the manager of its user for everybody else', () => {
    expect(scopeLauncher({ environment, uid: 1000, exists: everything })).toEqual({
      words: expect.arrayContaining(['systemd-run', '--user', '--scope']),
      environment: { XDG_RUNTIME_DIR: '/run/user/1000' },
    });
  });

  it.each([
    ['is no service', { environment: {}, uid: 0, exists: everything }],
    ['runs without systemd', { environment, uid: 0, exists: () => false }],
    [
      'has a user without a manager',
      { environment, uid: 1000, exists: (path: string) => !path.endsWith('/private') },
    ],
  ])('is not asked for by a bot that %s', (_what, surroundings) => {
    expect(scopeLauncher(surroundings)).toBeUndefined();
  });
});

it('lets the kernel kill the bot before its guardian', () => {
  const file = join(temporaryFolder(), 'oom_score_adj');
  writeFileSync(file, '100');
  expect(standBeforeGuardian(file)).toBe(100);
  expect(readFileSync(file, 'utf8')).toBe('400');
});
