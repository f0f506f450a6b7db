import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const whole = 'shared.js';

/**
 * Makes one file of many entries, `lib/shared.js`, in which each is run once it is asked for, and for each entry a
 * file that asks for it.
 * @param names files below `dist/`
 * @returns what to tell esbuild of the one file
 */
export async function writeParts(names) {
  const exported = await exportsOf(names);
  for (const name of names) {
    const file = path.join('lib', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, partOf(name, exported.get(name) ?? []));
  }
  const parts = names.map((name) => `  ${JSON.stringify(name)}: () => import('./${name}'),\n`);
  const contents = `export const parts = {\n${parts.join('')}};\n`;
  return {
    stdin: { contents, resolveDir: 'dist', sourcefile: '<parts>' },
    outdir: undefined,
    outbase: undefined,
    outfile: path.join('lib', whole),
  };
}

/** Names that each file exports. */
async function exportsOf(names) {
  const { metafile } = await build({
    entryPoints: names.map((name) => path.join('dist', name)),
    outdir: 'lib',
    outbase: 'dist',
    format: 'esm',
    metafile: true,
    write: false,
  });
  return new Map(
    names.map((name) => [name, metafile.outputs[path.posix.join('lib', name)]?.exports]),
  );
}

function partOf(name, exported) {
  const up = path.posix.relative(path.posix.dirname(name), whole);
  const from = up.startsWith('.') ? up : `./${up}`;
  const lines = [
    `import { parts } from '${from}';`,
    `const part = await parts[${JSON.stringify(name)}]();`,
    ...exported.map((each) =>
      each === 'default' ? 'export default part.default;' : `export const ${each} = part.${each};`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}
