// biome-ignore-all lint/suspicious/noTemplateCurlyInString: plugins.yaml writes variables so
import { describe, expect, it } from '@jest/globals';
import type { HostedPlugin } from '../../src/host/hosted-plugin.js';
import { nothingChanged, planReload } from '../../src/host/reload-plan.js';
import { definePlugin } from '../../src/index.js';

const plain = definePlugin({ name: 'plain' });
const flexible = definePlugin({ name: 'flexible', reconfigure: () => true });

function hosted(id: string, more: Partial<HostedPlugin> = {}): HostedPlugin {
  return {
    id,
    use: `./${id}.ts`,
    plugin: plain,
    module: `file:///bot/${id}.ts`,
    version: undefined,
    config: { pin: 4, list: [1, { two: 2 }] },
    tuning: {},
    rewards: {},
    enabled: true,
    startTimeout: undefined,
    files: [],
    path: ['plugins', 0],
    written: '',
    lacks: [],
    ...more,
  };
}

const nothing = { added: [], removed: [], changed: [], reconfigured: [] };

describe('planReload', () => {
  it('finds nothing between two that say the same, whatever objects they are', () => {
    const before = [hosted('a'), hosted('b')];
    const after = [hosted('a'), hosted('b')];
    expect(planReload(before, after)).toEqual(nothing);
    expect(planReload([], [])).toEqual(nothing);
    expect(nothingChanged).toEqual({ ...nothing, restarted: [] });
  });

  it.each<[string, Partial<HostedPlugin>]>([
    ['another use', { use: './other.ts' }],
    ['another module', { module: 'file:///bot/a.ts?2' }],
    ['another version', { version: '2.0.0' }],
    ['switched off', { enabled: false }],
    ['another limit', { startTimeout: 60_000 }],
    ['another tuning', { tuning: { lamp: { enabled: false } } }],
    ['another reward', { rewards: { Lamp: { cost: 5 } } }],
    ['another config, deep in it', { config: { pin: 4, list: [1, { two: 3 }] } }],
    ['a config with a key more', { config: { pin: 4, list: [1, { two: 2 }], more: undefined } }],
    ['no config any more', { config: undefined }],
  ])('finds %s', (_, more) => {
    expect(planReload([hosted('a'), hosted('b')], [hosted('a', more), hosted('b')])).toEqual({
      ...nothing,
      changed: ['a'],
    });
  });

  it.each<[string, Partial<HostedPlugin>]>([
    ['its place in the file', { path: ['plugins', 7] }],
    ['its files', { files: ['/bot/a.ts'] }],
    ['how its config is written', { written: '{"pin":"${PIN}"}' }],
    ['the plugin object, of the same module', { plugin: definePlugin({ name: 'plain' }) }],
    ['the order of its keys', { config: { list: [1, { two: 2 }], pin: 4 } }],
  ])('leaves one running of which only %s is another', (_, more) => {
    expect(planReload([hosted('a')], [hosted('a', more)])).toEqual(nothing);
  });

  it('gives a new config to who can take it while it runs', () => {
    const before = [hosted('a', { plugin: flexible }), hosted('b')];
    const config = { pin: 5 };
    expect(
      planReload(before, [hosted('a', { plugin: flexible, config }), hosted('b', { config })]),
    ).toEqual({ ...nothing, changed: ['b'], reconfigured: ['a'] });
  });

  it('restarts even such a one where more than the config differs, or it is off', () => {
    const before = [
      hosted('a', { plugin: flexible }),
      hosted('b', { plugin: flexible, enabled: false }),
    ];
    const after = [
      hosted('a', { plugin: flexible, config: 1, version: '2.0.0' }),
      hosted('b', { plugin: flexible, config: 1, enabled: false }),
    ];
    expect(planReload(before, after)).toEqual({ ...nothing, changed: ['a', 'b'] });
  });

  it('finds what came and what went, and no move in the list', () => {
    expect(planReload([hosted('a'), hosted('b')], [hosted('c'), hosted('b')])).toEqual({
      ...nothing,
      added: ['c'],
      removed: ['a'],
    });
    expect(planReload([hosted('a'), hosted('b')], [hosted('b'), hosted('a')])).toEqual(nothing);
  });

  it('takes another id for another plugin', () => {
    expect(planReload([hosted('a')], [hosted('z', { use: './a.ts' })])).toEqual({
      ...nothing,
      added: ['z'],
      removed: ['a'],
    });
  });

  it('tells of packages that run on as they were, which alone changes nothing', () => {
    expect(planReload([hosted('a')], [hosted('a', { outdated: '2.0.0' })])).toEqual({
      ...nothing,
      outdated: [{ id: 'a', installed: '2.0.0' }],
    });
  });

  it('compares a thousand with a thousand', () => {
    const before = Array.from({ length: 1_000 }, (_, index) => hosted(`p${index}`));
    const after = before.map((each, index) => (index % 100 === 0 ? { ...each, config: 1 } : each));
    expect(planReload(before, after).changed).toHaveLength(10);
  });
});
