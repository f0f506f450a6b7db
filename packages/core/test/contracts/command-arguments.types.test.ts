import { describe, expect, it } from '@jest/globals';
import type { CommandArguments } from '../../src/contracts/command-arguments.js';
import { definePlugin, duration, type InjectionToken, v } from '../../src/index.js';
import { Horn } from '../horn.js';

/** Compiles only when both types are the same. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : never;
const same = <A, B>(_: Same<A, B>) => true;

// `npm run check` compiles this file: each line below a @ts-expect-error must be an error, and what
// has none must compile. Nothing here is run but the wrapper.
describe('the types of a plugin', () => {
  it('infer arguments from the signature', () => {
    expect([
      same<
        CommandArguments<'lamp <state:on|off> [for:duration]'>,
        { readonly state: 'on' | 'off'; readonly for: number | undefined }
      >(true),
      same<
        CommandArguments<'x <a> [b:int(1..10)] <c:user> [d:boolean] [e...]'>,
        {
          readonly a: string;
          readonly b: number | undefined;
          readonly c: string;
          readonly d: boolean | undefined;
          readonly e: string | undefined;
        }
      >(true),
      same<CommandArguments<'x <c:color>', { color: { hex: string } }>['c'], { hex: string }>(true),
    ]).toEqual([true, true, true]);
  });

  it('infer config and needs, and refuse wrong uses', () => {
    const plugin = definePlugin({
      name: 'typed',
      config: v.strictObject({ burst: v.optional(duration(), '500ms') }),
      needs: { horn: Horn },
      start({ horn, command, on }, config) {
        on('raid', ({ viewers, user }) => `${viewers.toFixed()} ${user.login}`);
        // @ts-expect-error: there is no such event
        on('rade', () => {});
        // @ts-expect-error: a raid brings no bits
        on('raid', ({ bits }) => bits);
        const burst: number = config.burst;
        horn.blow(burst);
        // @ts-expect-error: a Horn has no such method
        horn.blwo(burst);
        // @ts-expect-error: the config has no such key
        config.brust;
        command('lamp <state:on|off> [for:duration]', {}, ({ args }) => {
          const state: 'on' | 'off' = args.state;
          const time: number | undefined = args.for;
          // @ts-expect-error: an optional argument may be missing
          const sure: number = args.for;
          // @ts-expect-error: the signature has no such argument
          args.stat;
          // @ts-expect-error: neither of the two choices
          const wrong = args.state === 'dim';
          return [state, time, sure, wrong];
        });
        command(
          'paint <color:color>',
          { types: { color: (word: string) => ({ hex: word }) } },
          ({ args }) => args.color.hex.length,
        );
        // @ts-expect-error: no such role
        command('a', { allow: 'king' }, () => {});
        // @ts-expect-error: no duration
        command('b', { cooldown: { user: 'soon' } }, () => {});
        // @ts-expect-error: no such option
        command('c', { coolDown: '3s' }, () => {});
      },
    });
    definePlugin({
      name: 'wrong',
      // @ts-expect-error: this plugin needs no gpio
      start({ gpio }) {
        return gpio;
      },
    });
    const token: InjectionToken<Horn> = Horn;
    expect([plugin.name, token]).toEqual(['typed', Horn]);
  });
});
