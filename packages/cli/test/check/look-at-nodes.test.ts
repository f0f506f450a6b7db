import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SharedOutput } from '@pertybot/core/host';
import type { RemoteGadgetInfo, RemoteNode } from '@pertybot/plugin-mqtt';
import { drivesOf, lookAtNodes, toOutputInfos } from '../../src/check/look-at-nodes.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'look-at-nodes-'));
});
afterEach(() => rm(folder, { recursive: true }));

type LookedAt = Parameters<typeof lookAtNodes>[0];

/** A bot that is not started, with these nodes. */
function botWith(config: object | undefined, nodes: readonly Partial<RemoteNode>[] = []): LookedAt {
  return {
    folder,
    plugins: [{ id: 'mqtt', provides: ['RemoteNodes'], state: { name: 'loaded' } }],
    configOf: () => config,
    borrow: () => ({ service: { list: nodes } }),
    // What is not asked for is left out.
  } as unknown as LookedAt;
}

const output = (gadget: string, pin: string, more: Partial<SharedOutput> = {}): SharedOutput => ({
  ...{ gadget, pin, kind: 'output', on: false, level: 0, node: 'garage' },
  ...more,
});

const gadget = (name: string, more: Partial<RemoteGadgetInfo> = {}): RemoteGadgetInfo => ({
  ...{ name, ownName: name, node: 'garage', type: 'light', about: '', state: 'off', usage: name },
  ...{ verbs: [], pins: [], outputs: [], driven: [] },
  ...more,
});

describe('what check looks at of other machines', () => {
  it('is nothing where no plugin has any, or it is disabled', async () => {
    const none = { ...botWith({}), plugins: [] };
    expect(await lookAtNodes(none)).toBeUndefined();
    const [plugin] = botWith({}).plugins;
    const disabled = [{ ...plugin, state: { name: 'disabled' } }] as LookedAt['plugins'];
    expect(await lookAtNodes({ ...none, plugins: disabled })).toBeUndefined();
  });

  it('says whether this machine is a node, and knows no gadgets of one that lacks a variable', async () => {
    expect(await lookAtNodes(botWith({ node: 'garage' }))).toMatchObject({ isNode: true });
    expect(await lookAtNodes(botWith(undefined))).toMatchObject({ isNode: false, gadgets: [] });
  });

  it('looks for a certificate in the folder of plugins.yaml, whatever folder it runs in', async () => {
    const bot = botWith({ nodes: {}, ca: 'ca.crt' });
    expect((await lookAtNodes(bot))?.faults).toMatchObject([
      { plugin: 'mqtt', path: ['config', 'ca'], message: expect.stringContaining('"ca.crt"') },
    ]);
    await writeFile(path.join(folder, 'ca.crt'), '');
    expect((await lookAtNodes(bot))?.faults).toEqual([]);
    const absolute = botWith({ nodes: {}, ca: path.join(folder, 'ca.crt') });
    expect((await lookAtNodes(absolute))?.faults).toEqual([]);
  });

  it('leaves out gadgets that cannot be had', async () => {
    const gadgets = [gadget('lamp'), gadget('stop', { problem: 'Its name is reserved.' })];
    const looked = await lookAtNodes(botWith({ nodes: {} }, [{ gadgets }]));
    expect(looked?.gadgets.map(({ name }) => name)).toEqual(['lamp']);
  });
});

describe('the outputs of other machines', () => {
  const lamp = output('lamp', 'GPIO17', { maxOn: 600_000 });
  const both = gadget('both', {
    type: 'group',
    driven: [lamp, output('fan', 'GPIO22')],
    maxOn: 30_000,
  });
  const single = gadget('lamp', { outputs: [{ ...lamp, maxOn: 60_000 }], maxOn: 60_000 });

  it('are those of a group, too, under its own limit and that of its machine', () => {
    const infos = toOutputInfos({ gadgets: [both, single] }, 'mqtt');
    expect(infos.map(({ gadget, pin, limits }) => [gadget, pin, limits.maxOn])).toEqual([
      ['both/lamp', 'garage/GPIO17', 30_000],
      ['both/fan', 'garage/GPIO22', 30_000],
      ['lamp', 'garage/GPIO17', 60_000],
    ]);
    expect(drivesOf(both)).toEqual(['both/lamp', 'both/fan']);
    expect(drivesOf(single)).toEqual([]);
  });

  it('are told once each of what dies, with the longest of all ways to them', async () => {
    const gadgets = [single, { ...both, maxOn: 120_000 }];
    const looked = await lookAtNodes(botWith({ nodes: {} }, [{ gadgets }]));
    expect(looked?.outputs).toEqual([
      { gadget: 'lamp', pin: 'GPIO17', node: 'garage', maxOn: 120_000 },
      { gadget: 'both', pin: 'GPIO22', node: 'garage', maxOn: 120_000 },
    ]);
    const endless = await lookAtNodes(
      botWith({ nodes: {} }, [
        { gadgets: [single, gadget('all', { driven: [output('lamp', 'GPIO17')] })] },
      ]),
    );
    expect(endless?.outputs).toEqual([{ gadget: 'lamp', pin: 'GPIO17', node: 'garage' }]);
  });
});
