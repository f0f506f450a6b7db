import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Attribution, attributionNow, runFor } from '../../src/events/attribution.js';
import { EventHub } from '../../src/events/event-hub.js';

let faults: [Attribution, unknown][];
let hub: EventHub;

beforeEach(() => {
  faults = [];
  hub = new EventHub((attribution, error) => faults.push([attribution, error]));
});

describe('EventHub', () => {
  it('calls the listeners in the order in which they came, until their undo', () => {
    const heard: string[] = [];
    const undo = hub.on('connected', () => heard.push('first'));
    hub.on('connected', ({ reason }) => heard.push(`second ${reason}`));
    hub.emit('connected', { reason: 'now' });
    undo();
    undo();
    hub.emit('connected', {});
    expect(heard).toEqual(['first', 'second now', 'second undefined']);
    expect([hub.has('connected'), hub.has('disconnected')]).toEqual([true, false]);
  });

  it('calls the listeners of the program before those of plugins', () => {
    const heard: string[] = [];
    hub.on('connected', () => heard.push('lamp'), 'lamp');
    hub.on('connected', () => heard.push('program'));
    hub.tap((event) => heard.push(`tap ${event}`));
    hub.emit('connected', {});
    expect(heard).toEqual(['tap connected', 'program', 'lamp']);
  });

  it('lets somebody overhear what is emitted anyway, and looks for nothing because of him', () => {
    const heard: string[] = [];
    const undo = hub.overhear('connected', () => heard.push('onlooker'));
    hub.overhear('connected', () => {
      throw new Error('broken');
    });
    expect([hub.has('connected'), hub.isHeard('connected')]).toEqual([false, false]);
    hub.on('connected', () => heard.push('program'));
    hub.emit('connected', {});
    undo();
    hub.emit('connected', {});
    expect(heard).toEqual(['onlooker', 'program', 'program']);
    expect(faults).toHaveLength(2);
    expect(hub.pluginsThatHear('connected')).toEqual([]);
  });

  it('tells when plugins begin and cease to listen, and which they are', () => {
    const changes: string[] = [];
    const hear = (event: string) => changes.push(`${event} ${hub.pluginsThatHear('follow')}`);
    const undo = hub.onHeard(hear);
    hub.onHeard(() => {
      throw new Error('broken');
    });
    hub.on('follow', () => {});
    const undoLamp = hub.on('follow', () => {}, 'lamp');
    hub.on('follow', () => {}, 'texts');
    hub.on('follow', () => {}, 'texts');
    undoLamp();
    undo();
    hub.on('follow', () => {}, 'late');
    expect(changes).toEqual(['follow lamp', 'follow lamp,texts', 'follow texts']);
    expect(faults).toHaveLength(4);
  });

  it('tells once of a plugin that listens ten thousand times, and once when the last of them goes', () => {
    const changes: string[] = [];
    hub.onHeard((event) => changes.push(`${event} ${hub.pluginsThatHear('follow')}`));
    const undos = Array.from({ length: 10_000 }, () => hub.on('follow', () => {}, 'lamp'));
    for (const undo of undos.slice(1)) {
      undo();
      undo();
    }
    expect([changes, hub.heardBy('lamp')]).toEqual([['follow lamp'], ['follow']]);
    undos[0]?.();
    undos[0]?.();
    expect([changes, hub.heardBy('lamp')]).toEqual([['follow lamp', 'follow '], []]);
  });

  it('reports what a listener throws or rejects, and calls the others', async () => {
    const heard: string[] = [];
    hub.on(
      'connected',
      () => {
        throw new Error('sync');
      },
      'lamp',
    );
    hub.on('connected', () => Promise.reject(new Error('async')), 'horn');
    hub.on('connected', () => heard.push('third'));
    hub.emit('connected', {});
    await Promise.resolve();
    await Promise.resolve();
    expect(heard).toEqual(['third']);
    expect(faults).toEqual([
      [{ plugin: 'lamp', where: 'listener connected' }, new Error('sync')],
      [{ plugin: 'horn', where: 'listener connected' }, new Error('async')],
    ]);
  });

  it('runs a listener as its plugin, whoever emits', () => {
    const owners: (string | undefined)[] = [];
    hub.on('connected', () => owners.push(attributionNow()?.plugin), 'lamp');
    hub.on('connected', () => owners.push(attributionNow()?.plugin));
    hub.emit('connected', {});
    expect(owners).toEqual([undefined, 'lamp']);
  });

  it('knows whose listener left something behind, and brings back who emitted', async () => {
    const owners: (string | undefined)[] = [];
    const later = async () => {
      await Promise.resolve();
      owners.push(attributionNow()?.plugin);
    };
    hub.on('connected', later, 'lamp');
    hub.on('connected', () => hub.emit('disconnected', { reason: '' }), 'horn');
    hub.on('disconnected', later, 'siren');
    hub.on('connected', later);
    await runFor({ plugin: 'irc', where: 'start' }, async () => {
      hub.emit('connected', {});
      owners.push(attributionNow()?.plugin);
    });
    expect(owners).toEqual(['irc', 'irc', 'lamp', 'siren']);
    expect(attributionNow()).toBeUndefined();
  });

  it('does not call a listener that another one removes or adds meanwhile out of turn', () => {
    const heard: string[] = [];
    hub.on('connected', () => {
      heard.push('first');
      hub.on('connected', () => heard.push('new'));
    });
    hub.emit('connected', {});
    expect(heard).toEqual(['first']);
  });
});
