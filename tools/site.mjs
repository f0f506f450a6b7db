// The site of docs/: writes its references into docs/reference/, then builds or serves it.
// usage: node tools/site.mjs build [folder] | dev | reference folder
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeApiReference } from './site/api-reference.mjs';
import { commandReference } from './site/command-reference.mjs';
import { configReference } from './site/config-reference.mjs';
import { writeOutsidePages } from './site/outside-pages.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const docs = path.join(root, 'docs');

async function writeReferences(target) {
  mkdirSync(target, { recursive: true });
  writeFileSync(path.join(target, 'configuration.md'), configReference(root));
  writeFileSync(path.join(target, 'commands.md'), await commandReference(root));
  await writeApiReference(root, path.join(target, 'api'));
}

const [what = 'build', folder] = process.argv.slice(2);
if (what === 'reference' && folder !== undefined) {
  await writeReferences(path.resolve(folder));
} else {
  await writeReferences(path.join(docs, 'reference'));
  writeOutsidePages(
    root,
    readdirSync(docs).filter((name) => name.endsWith('.md')),
  );
  const { build, createServer } = await import('vitepress');
  if (what === 'dev') {
    const server = await createServer(docs);
    await server.listen();
    server.printUrls();
  } else {
    await build(docs, folder === undefined ? {} : { outDir: path.resolve(folder) });
  }
}
