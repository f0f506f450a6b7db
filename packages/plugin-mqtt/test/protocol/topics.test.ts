import { describe, expect, it } from '@jest/globals';
import { isNodeName, isPlainName } from '../../src/protocol/names.js';
import {
  hostLeaves,
  isId,
  nodeLeaves,
  readTopic,
  topicOf,
  topicsForHost,
  topicsForNode,
} from '../../src/protocol/topics.js';
import { idOf } from '../support/said.js';

const wild = ['+', '#', '', '/', 'a/b', '../x', 'a b', 'a\u0000', 'ä', 'A', '$SYS', '-a', '_a'];

describe('the name of a node', () => {
  it.each(['garage', 'desk-2', '1', 'a_b', 'x'.repeat(25)])('may be %s', (name) => {
    expect(isNodeName(name)).toBe(true);
  });

  it.each([...wild, 'x'.repeat(26), 'estop', 'constructor', '__proto__', 'prototype', 'a\n'])(
    'is not %j',
    (name) => {
      expect(isNodeName(name)).toBe(false);
    },
  );
});

describe('the name of a gadget', () => {
  it('may have the letters of every language', () => {
    for (const name of ['lamp', 'Lämpchen', 'ランプ', 'лампа', '_a-1', 'x'.repeat(25)]) {
      expect(isPlainName(name)).toBe(true);
    }
  });

  it('is no more than one word, and no level of a topic', () => {
    for (const name of [
      '',
      'a b',
      'a/b',
      'a+b',
      'a#',
      'a.b',
      'a\n',
      '🎉',
      'x'.repeat(26),
      'estop',
      '__proto__',
    ]) {
      expect([name, isPlainName(name)]).toEqual([name, false]);
    }
  });
});

describe('a topic', () => {
  const leaves = [...nodeLeaves, ...hostLeaves].filter((leaf) => leaf !== 'answer');

  it.each(leaves)('of "%s" is read as it was made', (leaf) => {
    const topic = topicOf('garage', leaf);
    expect(topic).toBe(`pertybot/garage/${leaf}`);
    expect(readTopic(topic)).toEqual({ node: 'garage', leaf });
  });

  it('of an answer names the host that it is for', () => {
    const topic = topicOf('garage', 'answer', idOf('a'));
    expect(readTopic(topic)).toEqual({ node: 'garage', leaf: 'answer', host: idOf('a') });
    expect(readTopic('pertybot/garage/answer')).toBeUndefined();
    expect(readTopic(`pertybot/garage/wish/${idOf('a')}`)).toBeUndefined();
  });

  it('is never made of a name or an id that is none', () => {
    for (const name of wild) {
      expect(() => topicOf(name, 'wish')).toThrow(RangeError);
      expect(() => topicOf('garage', 'answer', name)).toThrow(RangeError);
    }
    expect(() => topicOf('garage', 'answer', idOf('A'))).toThrow('No topic');
  });

  it('of somebody else is none of ours', () => {
    const others = [
      ...['', '/', 'pertybot', 'pertybot/garage', 'pertybot/garage/', 'pertybot//wish'],
      ...[
        'Pertybot/garage/wish',
        '/pertybot/garage/wish',
        'pertybot/garage/wish/',
        'x/garage/wish',
      ],
      ...['pertybot/garage/proof', 'pertybot/estop', '$SYS/broker/version', 'pertybot/+/wish'],
      ...[
        `pertybot/garage/answer/${idOf('a')}/x`,
        'pertybot/garage/answer/x',
        'pertybot/garage/toString',
      ],
      `pertybot/${'x'.repeat(100_000)}/wish`,
      'pertybot/'.repeat(50_000),
    ];
    for (const topic of others) expect(readTopic(topic)).toBeUndefined();
  });

  it('is listened to by name alone: nobody hears what is not for him', () => {
    expect(topicsForNode('garage')).toEqual([
      'pertybot/garage/wish',
      'pertybot/garage/lease',
      'pertybot/garage/estop',
      'pertybot/garage/release',
    ]);
    expect(topicsForHost('garage', idOf('a'))).toEqual([
      'pertybot/garage/status',
      'pertybot/garage/gadgets',
      'pertybot/garage/beat',
      'pertybot/garage/state',
      `pertybot/garage/answer/${idOf('a')}`,
    ]);
    const all = [...topicsForNode('desk'), ...topicsForHost('desk', idOf('a'))];
    expect(all.some((topic) => /[+#]/.test(topic))).toBe(false);
    expect(new Set(all).size).toBe(9);
  });
});

describe('an id', () => {
  it('is sixteen small hexadecimal digits', () => {
    expect(isId(idOf('0'))).toBe(true);
    for (const wrong of ['', idOf('A'), idOf('a').slice(1), `${idOf('a')}a`, `${idOf('a')}\n`]) {
      expect(isId(wrong)).toBe(false);
    }
  });
});
