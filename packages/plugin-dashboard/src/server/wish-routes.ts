import { runFor, v } from '@pertybot/core';
import type { BotFileAnswer } from '../shared/feed.js';
import { need, type PageApp } from './page-app.js';
import type { PageDesk } from './page-desk.js';
import { wiredGadgets } from './wired-gadgets.js';

/** Longest text of a wish: a line of chat has 500 characters. */
const words = v.pipe(v.string(), v.maxLength(2_000));

const estopSchema = v.object({ engage: v.boolean() });
const driveSchema = v.object({ gadget: words, action: words });
const textSchema = v.object({ text: words });
const gadgetSchema = v.object({ gadget: words });
const pluginSchema = v.object({ plugin: words });
const switchSchema = v.object({ plugin: words, enabled: v.boolean() });
const fileSchema = v.object({ text: v.string() });
const saveSchema = v.object({ text: v.string(), was: v.string() });

/** What people at the page may wish for: what the owner may ask at his terminal, and no more. */
export function addWishes(app: PageApp, desk: PageDesk): void {
  const { control } = desk;
  const asPage = <Result>(work: () => Promise<Result>) =>
    runFor({ plugin: '', where: 'terminal' }, work);

  app.post('/api/estop', need('operator'), async (context) => {
    const { engage } = v.parse(estopSchema, await context.req.json());
    return context.json(
      await asPage(() => (engage ? control.stop('the page') : control.release())),
    );
  });
  app.post('/api/drive', need('operator'), async (context) => {
    const { gadget, action } = v.parse(driveSchema, await context.req.json());
    return context.json(await asPage(() => control.drive(gadget, action)));
  });
  app.post('/api/say', need('operator'), async (context) => {
    const { text } = v.parse(textSchema, await context.req.json());
    return context.json(await asPage(() => control.say(text)));
  });
  app.post('/api/line', need('operator'), async (context) => {
    const { text } = v.parse(textSchema, await context.req.json());
    return context.json((await control.rehearsal?.take(text)) ?? onlyInDev);
  });
  app.post('/api/press', need('operator'), async (context) => {
    const { gadget } = v.parse(gadgetSchema, await context.req.json());
    return context.json((await control.rehearsal?.press(gadget)) ?? onlyInDev);
  });
  app.post('/api/restart', need('owner'), async (context) => {
    const { plugin } = v.parse(pluginSchema, await context.req.json());
    return context.json(await asPage(() => control.restart(plugin)));
  });
  app.post('/api/switch', need('owner'), async (context) => {
    const { plugin, enabled } = v.parse(switchSchema, await context.req.json());
    return context.json(await control.file.switch(plugin, enabled));
  });

  app.get('/api/wiring', need('viewer'), async (context) =>
    context.json(wiredGadgets(await control.file.gadgets(), await control.report())),
  );
  app.get('/api/file', need('owner'), async (context) => {
    const text = await control.file.read();
    const answer: BotFileAnswer = { text, faults: await control.file.check(text) };
    return context.json(answer);
  });
  app.post('/api/file/check', need('owner'), async (context) => {
    const { text } = v.parse(fileSchema, await context.req.json());
    return context.json({ text, faults: await control.file.check(text) } satisfies BotFileAnswer);
  });
  app.post('/api/file', need('owner'), async (context) => {
    const { text, was } = v.parse(saveSchema, await context.req.json());
    return context.json(await control.file.save(text, was));
  });

  app.get('/api/keys', need('owner'), (context) => context.json(addressesOf(desk)));
  app.post('/api/keys', need('owner'), async (context) => {
    await desk.revokeKeys();
    return context.json(addressesOf(desk));
  });
}

const onlyInDev = { done: false, text: 'Only pertybot dev simulates Twitch and the board.' };

/** Addresses that need no login: they show, and change nothing. */
function addressesOf({ keys }: PageDesk) {
  return {
    overlay: `${keys.address}overlay?key=${keys.overlay}`,
    metrics: `${keys.address}metrics?key=${keys.metrics}`,
  };
}
