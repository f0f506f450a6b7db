// The site of docs/: writes its references into docs/reference/, then builds or serves it.
// usage: node tools/site.mjs build [folder] | dev | reference
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, createServer } from 'vitepress';
import { writeApiReference } from './site/api-reference.mjs';
import { commandReference } from './site/command-reference.mjs';
import { configReference } from './site/config-reference.mjs';
import { writeOutsidePages } from './site/outside-pages.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const docs = path.join(root, 'docs');
const reference = path.join(docs, 'reference');

async function writeReferences() {
  mkdirSync(reference, { recursive: true });
  writeFileSync(path.join(reference, 'configuration.md'), configReference(root));
  writeFileSync(path.join(reference, 'commands.md'), await commandReference(root));
  await writeApiReference(root, path.join(reference, 'api'));
  writeOutsidePages(
    root,
    readdirSync(docs).filter((name) => name.endsWith('.md')),
  );
}

const [what = 'build', folder] = process.argv.slice(2);
await writeReferences();
if (what === 'dev') {
  const server = await createServer(docs);
  await server.listen();
  server.printUrls();
} else if (what === 'build') {
  await build(docs, folder === undefined ? {} : { outDir: path.resolve(folder) });
}
