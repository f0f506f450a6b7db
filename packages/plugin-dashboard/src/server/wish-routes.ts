import { runFor, v } from '@pertybot/core';
import { need, type PageApp } from './page-app.js';
import type { PageDesk } from './page-desk.js';
import { wiredGadgets } from './wired-gadgets.js';

/** A text of a wish; a line of chat has 500 characters. */
export const words = v.pipe(v.string(), v.maxLength(2_000));

const estopSchema = v.object({ engage: v.boolean() });
const driveSchema = v.object({ gadget: words, action: words });
const textSchema = v.object({ text: words });
const gadgetSchema = v.object({ gadget: words });

/** What operators at the page may wish for: to drive, to speak, to stop. */
export function addWishes(app: PageApp, desk: PageDesk): void {
  const { control } = desk;
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

  app.get('/api/wiring', need('viewer'), async (context) =>
    context.json(wiredGadgets(await control.file.gadgets(), await control.report())),
  );
}

const onlyInDev = { done: false, text: 'Only pertybot dev simulates Twitch and the board.' };

/** Runs a wish as one from the terminal is run: it is no plugin's. */
export function asPage<Result>(work: () => Promise<Result>): Promise<Result> {
  return runFor({ plugin: '', where: 'terminal' }, work);
}
