// The API reference: what the public faces export, with their TSDoc. A warning of typedoc is an error.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Application, Logger, LogLevel } from 'typedoc';

/** Import path of each face, and the file that it is. */
const faces = {
  '@pertybot/core': 'core/src/index.ts',
  '@pertybot/core/host': 'core/src/host.ts',
  '@pertybot/core/testing': 'core/src/testing/index.ts',
  '@pertybot/plugin-gpio': 'plugin-gpio/src/index.ts',
  '@pertybot/testing': 'testing/src/index.ts',
  '@pertybot/twitch-simulator': 'twitch-simulator/src/index.ts',
};

/** Types that a schema infers lead to one property twice, which is no fault of its comment. */
const isHarmless = (text) => text.includes('has multiple declarations with a comment');

class StrictLogger extends Logger {
  told = [];

  log(message, level) {
    if (level >= LogLevel.Warn && !isHarmless(message)) this.told.push(message);
  }

  addContext(message) {
    return message;
  }
}

/** typedoc counts a type and its constant of one name as two headings, of which one alone is written. */
function mendAnchors(files) {
  const texts = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
  const headings = new Map(
    files.map((file) => [
      file,
      [...texts.get(file).matchAll(/^#+ (.*)$/gm)].map(([, text]) =>
        text.toLowerCase().replace(/[^a-z0-9]/g, ''),
      ),
    ]),
  );
  for (const [file, text] of texts) {
    const mended = text.replace(/\]\(([^)#\s]*)#([a-z0-9]+)-1\)/g, (link, page, name) => {
      const there = headings.get(page === '' ? file : path.join(path.dirname(file), page)) ?? [];
      const count = there.filter((each) => each === name).length;
      return count === 1 ? `](${page}#${name})` : link;
    });
    writeFileSync(file, mended);
  }
}

/**
 * @param root the repository
 * @param target the folder that it is written to, one page a face
 */
export async function writeApiReference(root, target) {
  rmSync(target, { recursive: true, force: true });
  const app = await Application.bootstrapWithPlugins({
    basePath: root,
    readme: 'none',
    entryPoints: Object.values(faces).map((file) => path.join(root, 'packages', file)),
    tsconfig: path.join(root, 'config', 'tsconfig.docs.json'),
    plugin: ['typedoc-plugin-markdown'],
    out: target,
    router: 'module',
    // Types are checked by tsc, with all packages at once.
    skipErrorChecking: true,
    excludeInternal: true,
    excludePrivate: true,
    excludeExternals: true,
    externalPattern: ['**/node_modules/**'],
    disableSources: true,
    entryFileName: 'index',
    hidePageHeader: true,
    hideBreadcrumbs: true,
    sanitizeComments: true,
    useCodeBlocks: false,
    parametersFormat: 'table',
    interfacePropertiesFormat: 'table',
  });
  const logger = new StrictLogger();
  app.logger = logger;
  const project = await app.convert();
  for (const face of project?.children ?? []) {
    const named = Object.entries(faces).find(
      ([, file]) => file.replace(/(\/index)?\.ts$/, '') === face.name.replace(/^packages\//, ''),
    );
    if (named === undefined) throw new Error(`Nobody knows the face ${face.name}.`);
    face.name = named[0];
  }
  if (project !== undefined) {
    app.validate(project);
    await app.generateOutputs(project);
  }
  if (project === undefined || logger.told.length > 0) {
    throw new Error(`typedoc has to say:\n${logger.told.join('\n')}`);
  }
  rmSync(path.join(target, 'index.md'));
  mendAnchors(Object.keys(faces).map((name) => path.join(target, `${name}.md`)));
}
