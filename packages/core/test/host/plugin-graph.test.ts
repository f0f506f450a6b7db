import { describe, expect, it } from '@jest/globals';
import {
  checkGraph,
  dependentsOf,
  type GraphNode,
  providerOf,
  serviceName,
} from '../../src/host/plugin-graph.js';
import type { InjectionToken } from '../../src/index.js';

const token = (name: string): InjectionToken => Symbol.for(`pertybot.test-graph.${name}`);

/** `irc: needs > provides`, by the first letters of tokens. */
function node(id: string, needs = '', provides = '', more: Partial<GraphNode> = {}): GraphNode {
  const tokens = (letters: string) => [...letters].map(token);
  return { id, enabled: true, needs: tokens(needs), provides: tokens(provides), ...more };
}

const faultsOf = (nodes: readonly GraphNode[], core = '') =>
  checkGraph(nodes, (each) => [...core].map(token).includes(each)).map(({ id, error }) => ({
    id,
    code: error.code,
    message: error.message,
  }));

describe('serviceName', () => {
  it('is what people call a service, whatever its token is', () => {
    class Weather {}
    expect(serviceName(Symbol.for('pertybot.Chat'))).toBe('Chat');
    expect(serviceName(Symbol.for('example.Weather'))).toBe('example.Weather');
    expect(serviceName(Symbol())).toBe('service');
    expect(serviceName(Weather)).toBe('Weather');
  });
});

describe('providerOf', () => {
  it('is the first enabled plugin that provides it', () => {
    const nodes = [
      node('off', '', 'a', { enabled: false }),
      node('one', '', 'a'),
      node('two', '', 'a'),
    ];
    expect(providerOf(token('a'), nodes)?.id).toBe('one');
    expect(providerOf(token('b'), nodes)).toBeUndefined();
  });
});

describe('dependentsOf', () => {
  const chain = [node('d', 'c', 'd'), node('c', 'b', 'c'), node('a', '', 'a'), node('b', 'a', 'b')];
  const idsOf = (ids: string, nodes = chain) =>
    dependentsOf(new Set(ids.split('')), nodes).map(({ id }) => id);

  it('are all that need a plugin, however many are in between, in the order of the list', () => {
    expect(idsOf('a')).toEqual(['d', 'c', 'a', 'b']);
    expect(idsOf('c')).toEqual(['d', 'c']);
    expect(idsOf('d')).toEqual(['d']);
  });

  it('are none of a plugin that is not there', () => {
    expect(idsOf('x')).toEqual([]);
    expect(idsOf('')).toEqual([]);
  });

  it('come to an end where plugins need each other in a circle', () => {
    const circle = [node('a', 'b', 'a'), node('b', 'a', 'b'), node('c')];
    expect(idsOf('a', circle)).toEqual(['a', 'b']);
  });

  it('are found in a chain of hundreds that stands in the wrong order', () => {
    const long = Array.from({ length: 200 }, (_, index) => ({
      ...node(`p${index}`),
      needs: index === 0 ? [] : [token(`n${index - 1}`)],
      provides: [token(`n${index}`)],
    })).reverse();
    expect(dependentsOf(new Set(['p0']), long)).toHaveLength(200);
  });
});

describe('checkGraph', () => {
  it('finds nothing where all is provided, by plugins or by core', () => {
    expect(faultsOf([])).toEqual([]);
    expect(faultsOf([node('a', 'bx'), node('b', '', 'b')], 'x')).toEqual([]);
  });

  it('names each need that nobody meets, also of one plugin', () => {
    expect(faultsOf([node('a', 'xy'), node('b', 'x')])).toEqual([
      {
        id: 'a',
        code: 'PLUGIN_UNMET_NEED',
        message: 'The plugin "a" needs test-graph.x, which no plugin provides.',
      },
      {
        id: 'a',
        code: 'PLUGIN_UNMET_NEED',
        message: 'The plugin "a" needs test-graph.y, which no plugin provides.',
      },
      {
        id: 'b',
        code: 'PLUGIN_UNMET_NEED',
        message: 'The plugin "b" needs test-graph.x, which no plugin provides.',
      },
    ]);
  });

  it('counts nothing of a plugin that is switched off, neither what it needs nor what it has', () => {
    const off = { enabled: false };
    expect(faultsOf([node('a', 'x', '', off)])).toEqual([]);
    expect(faultsOf([node('a', 'x'), node('b', '', 'x', off)])).toHaveLength(1);
    expect(faultsOf([node('a', '', 'x'), node('b', '', 'x', off)])).toEqual([]);
  });

  it.each([
    [[], 'Run: pertybot plugins add irc'],
    [
      [node('chat', '', '', { enabled: false, use: 'irc' })],
      'The plugin "chat" provides it but is disabled: remove its "enabled: false".',
    ],
    [[node('mine', '', '', { enabled: false, use: './mine.ts' })], 'Run: pertybot plugins add irc'],
  ])('says how to come by a service of ours, with %j', (others, hint) => {
    const needs = [Symbol.for('pertybot.Chat')];
    const [problem] = checkGraph([{ ...node('a'), needs }, ...others], () => false);
    expect(problem?.error.hint).toBe(hint);
  });

  it('says which plugins that are switched off may have a service that nobody knows', () => {
    const off = { enabled: false };
    const [problem] = checkGraph(
      [node('a', 'x'), node('b', '', '', off), node('c', '', '', off)],
      () => false,
    );
    expect(problem?.error.hint).toBe(
      'Add a plugin that provides it. It may be one that is disabled: b, c.',
    );
  });

  it('finds a service that two provide, or three, or one twice', () => {
    expect(faultsOf([node('a', '', 'x'), node('b', '', 'x'), node('c', '', 'x')])).toMatchObject([
      { id: 'b', message: 'The plugins "a" and "b" both provide test-graph.x.' },
      { id: 'c', message: 'The plugins "a" and "c" both provide test-graph.x.' },
    ]);
    expect(faultsOf([node('a', '', 'xx')])).toMatchObject([{ code: 'PLUGIN_DOUBLE_SERVICE' }]);
  });

  it('finds circles, with the way around, and those of one plugin alone', () => {
    const circle = [node('a', 'b', 'a'), node('b', 'c', 'b'), node('c', 'a', 'c'), node('d', 'a')];
    expect(faultsOf(circle)).toEqual([
      {
        id: 'a',
        code: 'PLUGIN_CYCLE',
        message: 'Plugins need each other in a circle: a → b → c → a.',
      },
    ]);
    expect(faultsOf([node('a', 'a', 'a')])).toMatchObject([
      { message: 'Plugins need each other in a circle: a → a.' },
    ]);
  });

  it('takes a thousand plugins that all need the one before', () => {
    const long = Array.from({ length: 1_000 }, (_, index) => ({
      ...node(`p${index}`),
      needs: index === 0 ? [] : [token(`n${index - 1}`)],
      provides: [token(`n${index}`)],
    }));
    expect(faultsOf(long)).toEqual([]);
  });
});
