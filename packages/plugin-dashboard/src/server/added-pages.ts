import { includes } from '../auth/role.js';
import type { PageApp } from './page-app.js';
import type { PageDesk } from './page-desk.js';
import { StaticFiles } from './static-files.js';

/** Serves what plugins add, under the same rules as the rest: sessions, headers, limits. */
export function addAddedPages(app: PageApp, desk: PageDesk): void {
  app.get('/pages/:page', (context) =>
    context.redirect(`/pages/${encodeURIComponent(context.req.param('page'))}/`, 303),
  );
  app.get('/pages/:page/*', async (context, next) => {
    const page = desk.pages.get(context.req.param('page'));
    const { role } = context.get('asker');
    if (page === undefined || role === undefined || !includes(role, page.role ?? 'viewer'))
      return next();
    const rest = context.req.path.slice(`/pages/${page.path}/`.length);
    const file = await (await StaticFiles.of(page.files)).read(rest === '' ? 'index.html' : rest);
    return file ? context.body(file.body, 200, { 'content-type': file.type }) : next();
  });
  app.post('/pages/:page/api/:name', async (context, next) => {
    const page = desk.pages.get(context.req.param('page'));
    const { role } = context.get('asker');
    if (page === undefined || role === undefined || !includes(role, page.role ?? 'viewer'))
      return next();
    const { api = {} } = page;
    const name = context.req.param('name');
    const answer = Object.hasOwn(api, name) ? api[name] : undefined;
    if (answer === undefined) return next();
    return context.json({ answer: (await answer(await context.req.json(), role)) ?? null });
  });
}
