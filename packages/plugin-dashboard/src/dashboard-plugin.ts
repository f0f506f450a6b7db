import {
  attributionNow,
  BotFolders,
  type Container,
  definePlugin,
  Inbox,
  type InjectionToken,
} from '@pertybot/core';
import { OwnerControl } from '@pertybot/core/host';
import { dashboardConfigSchema } from './dashboard-config.js';
import { oncePerTurn } from './live/once-per-turn.js';
import { toCause } from './live/to-cause.js';
import { causedEvents, toldEvents } from './live/to-feed-event.js';
import { Pages } from './pages.js';
import { type ServedPage, servePage } from './serve-page.js';

/** Holds the page once it is served. */
class ServedPages implements Pages {
  served: ServedPage | undefined;

  get address(): string {
    return this.page.address;
  }

  link: Pages['link'] = (role = 'owner') => this.page.desk.link(role);

  add: Pages['add'] = (page) => this.page.desk.add(page);

  private get page(): ServedPage {
    if (this.served === undefined) throw new TypeError('The page is not served yet.');
    return this.served;
  }
}

const Holder: InjectionToken<ServedPages> = Symbol('ServedPages');

/** A page that shows the bot, and lets its people drive it. */
export const dashboardPlugin = definePlugin({
  name: 'dashboard',
  about: 'A page: the board, chat, why, and the emergency stop',
  config: dashboardConfigSchema,
  needs: { control: OwnerControl, folders: BotFolders, inbox: Inbox },
  provides: [Pages],
  commands: {},
  register(container: Container) {
    const pages = new ServedPages();
    container.register(Holder, { useValue: pages });
    container.register(Pages, { useValue: pages });
  },
  async start({ control, folders, inbox, container, clock, log, onStop, run, isTrial }, config) {
    if (isTrial) return;
    const served = await servePage({
      config,
      control,
      logger: log,
      stateFolder: folders.state,
      now: oncePerTurn(() => clock.date().getTime()),
      monotonic: oncePerTurn(() => clock.now()),
      isBrought: (event, channel) => inbox.isBrought(event, channel),
      run: (work) => run('page', work),
    });
    container.resolve<ServedPages>(Holder).served = served;
    onStop(() => served.stop());
    for (const name of toldEvents) {
      const hear = causedEvents.includes(name)
        ? (data: unknown) => served.desk.hear({ name, data, cause: toCause(attributionNow()) })
        : (data: unknown) => served.desk.hear({ name, data });
      onStop(control.on(name, hear));
    }
    log.info(`The page is at ${served.address}; pertybot page opens it.`);
  },
});
