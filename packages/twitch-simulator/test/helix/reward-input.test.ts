import { describe, expect, it } from '@jest/globals';
import { readRewardSettings } from '../../src/helix/reward-input.js';

/** What is wrong with a body, or what it asks for. */
const read = (body: object) => {
  const input = readRewardSettings({ ...body });
  return 'fault' in input ? input.fault : input.settings;
};

describe('what a body asks of a reward', () => {
  it('is everything that Twitch knows, by our names', () => {
    expect(
      read({
        ...{ title: ' Lamp ', cost: 1, prompt: 'x', is_enabled: false, is_paused: true },
        ...{ background_color: '#00ff7F', is_user_input_required: true },
        ...{ should_redemptions_skip_request_queue: true },
        ...{ is_max_per_stream_enabled: true, max_per_stream: 1 },
        ...{ is_max_per_user_per_stream_enabled: false, max_per_user_per_stream: 2 },
        ...{ is_global_cooldown_enabled: true, global_cooldown_seconds: 604_800 },
      }),
    ).toEqual({
      ...{ title: 'Lamp', cost: 1, prompt: 'x', enabled: false, paused: true },
      ...{ color: '#00ff7F', inputRequired: true, skipsQueue: true },
      perStream: { enabled: true, value: 1 },
      perUser: { enabled: false, value: 2 },
      cooldown: { enabled: true, value: 604_800 },
    });
  });

  it('is nothing of what nobody knows, or what is of another kind', () => {
    expect(read({})).toEqual({});
    expect(read({ title: 5, cost: '5', is_paused: 'true', prompt: null, colour: 'red' })).toEqual(
      {},
    );
    expect(read({ constructor: 'x', toString: 'y' })).toEqual({});
  });

  it('is on where its value alone is given', () => {
    expect(read({ max_per_stream: 3 })).toEqual({ perStream: { enabled: true, value: 3 } });
    expect(read({ is_max_per_stream_enabled: false })).toEqual({
      perStream: { enabled: false, value: 0 },
    });
  });

  it('counts characters as people do', () => {
    expect(read({ title: '😀'.repeat(45) })).toEqual({ title: '😀'.repeat(45) });
    expect(read({ prompt: '😀'.repeat(200) })).toEqual({ prompt: '😀'.repeat(200) });
  });
});

describe('what is wrong with a reward', () => {
  it.each([
    [{ title: '' }, 'title'],
    [{ title: '   ' }, 'title'],
    [{ title: '😀'.repeat(46) }, 'title'],
    [{ cost: 0 }, 'cost'],
    [{ cost: -1 }, 'cost'],
    [{ cost: 1.5 }, 'cost'],
    [{ cost: 2_147_483_648 }, 'cost'],
    [{ cost: Number.NaN }, 'cost'],
    [{ cost: Number.POSITIVE_INFINITY }, 'cost'],
    [{ prompt: '😀'.repeat(201) }, 'prompt'],
    [{ background_color: '' }, 'background_color'],
    [{ background_color: '#fff' }, 'background_color'],
    [{ background_color: '#GGGGGG' }, 'background_color'],
    [{ background_color: '#1234567' }, 'background_color'],
    [{ background_color: '#123456\n' }, 'background_color'],
    [{ max_per_stream: 0 }, 'max_per_stream'],
    [{ is_max_per_stream_enabled: true }, 'max_per_stream'],
    [{ max_per_user_per_stream: -1 }, 'max_per_user_per_stream'],
    [{ is_max_per_user_per_stream_enabled: true }, 'max_per_user_per_stream'],
    [{ global_cooldown_seconds: 0 }, 'global_cooldown_seconds'],
    [{ global_cooldown_seconds: 604_801 }, 'global_cooldown_seconds'],
    [{ is_global_cooldown_enabled: true, global_cooldown_seconds: 0.5 }, 'global_cooldown_seconds'],
  ])('is said by the name of its field: %j', (body, field) => {
    expect(read(body)).toMatch(new RegExp(`^The parameter "${field}" must be`));
  });

  it('is nothing of a limit that is off', () => {
    for (const body of [
      { is_max_per_stream_enabled: false, max_per_stream: 0 },
      { is_global_cooldown_enabled: false, global_cooldown_seconds: 9_999_999 },
    ]) {
      expect(read(body)).not.toEqual(expect.any(String));
    }
  });
});
