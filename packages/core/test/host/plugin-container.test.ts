import { describe, expect, it } from '@jest/globals';
import {
  BotFolders,
  BotStatus,
  Browser,
  Chat,
  Clock,
  type Container,
  definePlugin,
  forPlugin,
  Inbox,
  inject,
  injectable,
  Logger,
  type PerPlugin,
  Prompt,
  RequestedScopes,
  Store,
} from '../../src/index.js';
import { startTestBot } from '../../src/testing/index.js';
import { Horn } from '../horn.js';

@injectable()
class LoudHorn implements Horn {
  constructor(@inject(Logger) private readonly log: Logger) {}

  blow(milliseconds: number): void {
    this.log.info(`blown for ${milliseconds}`);
  }
}

const loud = definePlugin({
  name: 'loud',
  provides: [Horn],
  register(container) {
    container.registerSingleton(LoudHorn);
    container.register(Horn, { useToken: LoudHorn });
  },
});

async function failureOf(register: (container: Container) => void, token: symbol) {
  const bot = await startTestBot([
    definePlugin({
      name: 'lamp',
      register,
      start: ({ container }) => void container.resolve(token),
    }),
  ]);
  const state = bot.plugins.find(({ id }) => id === 'lamp')?.state;
  await bot.stop();
  return state?.name === 'failed' ? state.error : state;
}

const Lamp = Symbol.for('pertybot.test.Lamp');

describe("a plugin's container", () => {
  it("holds core's services", async () => {
    const tokens = [
      ...[Logger, Store, Clock, Inbox, RequestedScopes, BotFolders, Browser, Prompt, BotStatus],
    ];
    let found = 0;
    const plugin = definePlugin({
      name: 'all',
      start: ({ container }) => {
        found = tokens.filter((token) => container.resolve(token as symbol)).length;
      },
    });
    const bot = await startTestBot([plugin]);
    expect(found).toBe(tokens.length);
    await bot.stop();
  });

  it('builds classes, once, under the name of their contract too', async () => {
    let same = false;
    const user = definePlugin({
      name: 'user',
      needs: { horn: Horn },
      start: ({ horn, container }) => {
        horn.blow(5);
        same = container.resolve(Horn) === horn;
      },
    });
    const bot = await startTestBot([loud, user]);
    expect(same).toBe(true);
    expect(bot.find(Horn)).toBeInstanceOf(LoudHorn);
    // The logger is that of the plugin that provides.
    expect(bot.log).toContainEqual({
      level: 'info',
      message: 'blown for 5',
      fields: { plugin: 'loud' },
    });
    await bot.stop();
  });

  it('has nothing that the plugin did not declare', async () => {
    let error: unknown;
    const nosy = definePlugin({
      name: 'nosy',
      start({ container }) {
        try {
          container.resolve(Horn);
        } catch (thrown) {
          error = thrown;
        }
      },
    });
    const bot = await startTestBot([loud, nosy]);
    expect(error).toMatchObject({ message: expect.stringContaining('unregistered') });
    await bot.stop();
  });

  it('runs what a service calls of a plugin as its own', async () => {
    let call = () => {};
    const shared: PerPlugin<Horn> = {
      [forPlugin]: ({ run }) => ({
        blow: () => {
          call = () => {
            run('horn', () => {
              throw new Error('at once');
            });
            run('horn', async () => {
              throw new Error('later');
            });
          };
        },
      }),
    };
    const provider = definePlugin({
      name: 'provider',
      provides: [Horn],
      register: (container) => void container.register(Horn, { useValue: shared as never }),
    });
    const user = definePlugin({
      name: 'user',
      needs: { horn: Horn },
      start({ horn, run }) {
        horn.blow(1);
        run('start', () => Promise.reject(new Error('itself')));
      },
    });
    const bot = await startTestBot([provider, user]);
    for (let times = 0; times < 5; times++) call();
    await bot.clock.advance('1s');
    const faults = bot.events.filter(({ type }) => type === 'fault').map(({ data }) => data);
    expect(faults).toHaveLength(11);
    expect(faults).toContainEqual({ plugin: 'user', where: 'horn', error: new Error('later') });
    expect(bot.plugins.find(({ id }) => id === 'user')?.state.name).toBe('restarting');
    await bot.stop();
  });

  it('gives each plugin its own version of a service that makes such', async () => {
    const undone: string[] = [];
    const shared: PerPlugin<Horn> & { readonly users: string[] } = {
      users: [],
      [forPlugin]({ id, onStop, signal, log }) {
        this.users.push(`${id} ${signal.aborted}`);
        log.info('made');
        onStop(() => void undone.push(id));
        return { blow: () => void this.users.push(`${id} blows`) };
      },
    };
    const provider = definePlugin({
      name: 'provider',
      provides: [Horn],
      register: (container) => void container.register(Horn, { useValue: shared as never }),
    });
    const user = (name: string) =>
      definePlugin({ name, needs: { horn: Horn }, start: ({ horn }) => horn.blow(1) });
    const bot = await startTestBot([provider, user('a'), user('b')]);
    expect(shared.users).toEqual(['a false', 'a blows', 'b false', 'b blows']);
    expect(bot.log).toContainEqual({ level: 'info', message: 'made', fields: { plugin: 'a' } });
    await bot.restart('b');
    expect(undone).toEqual(['b']);
    await bot.stop();
    expect(undone).toEqual(['b', 'b', 'a']);
  });

  describe('that cannot build a class says what to do', () => {
    it('when a token is not declared', async () => {
      @injectable()
      class NeedsChat {
        constructor(@inject(Chat) readonly chat: Chat) {}
      }
      expect(
        await failureOf((container) => void container.register(Lamp, NeedsChat), Lamp),
      ).toMatchObject({
        code: 'PLUGIN_INJECTION_FAILED',
        message: 'The plugin "lamp" asks for Chat, which it does not declare.',
        hint: 'Name it under "needs" in definePlugin, or bind it in register.',
      });
    });

    it('when the class is not decorated', async () => {
      class Plain {
        constructor(readonly chat: Chat) {}
      }
      expect(
        await failureOf((container) => void container.register(Lamp, Plain), Lamp),
      ).toMatchObject({
        code: 'PLUGIN_INJECTION_FAILED',
        message: 'The plugin "lamp" cannot build "Plain".',
        hint: expect.stringContaining('@injectable()'),
      });
    });

    it('when classes need each other in a circle, in a few words', async () => {
      const Egg = Symbol.for('pertybot.test.Egg');
      @injectable()
      class Hen {
        constructor(@inject(Egg) readonly egg: unknown) {}
      }
      @injectable()
      class RoundEgg {
        constructor(@inject(Lamp) readonly hen: unknown) {}
      }
      const error = await failureOf((container) => {
        container.register(Lamp, Hen);
        container.register(Egg, RoundEgg);
      }, Lamp);
      expect(error).toMatchObject({
        code: 'PLUGIN_INJECTION_FAILED',
        message:
          'Classes of the plugin "lamp" need each other in a circle: test.Lamp → test.Egg → test.Lamp.',
      });
    });
  });
});
