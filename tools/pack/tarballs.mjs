// Packs what would be published, and looks at what is in it.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { demand } from './shell.mjs';

/** What belongs into a package. */
const wanted = [
  /^(?:package\.json|README\.md|LICENSE)$/,
  /^oclif\.manifest\.json$/,
  /^bin\//,
  /^dist\/.*\.d\.ts$/,
  /^lib\/(?:.*\.[cm]?js(?:\.map)?|LICENSES\.txt|bundled\.json)$/,
  /^lib\/page\/[\w-]+\.(?:html|svg|png|css(?:\.map)?)$/,
];
const unwanted = [
  /(?:^|\/)test\//,
  /\.test\./,
  /\.tsbuildinfo$/,
  /^(?!lib\/).*\.map$/,
  /(?<!\.d)\.[cm]?ts$/,
  /\.env/,
];

/**
 * Packs every package.
 * @returns of each its name, version, tarball and unpacked bytes
 */
export function packAll(root, target) {
  const folders = readdirSync(path.join(root, 'packages')).map((name) =>
    path.join(root, 'packages', name),
  );
  return folders.map((folder) => {
    const words = ['pack', '--json', '--silent', '--pack-destination', target];
    const { status, stdout, stderr } = spawnSync('npm', words, { cwd: folder, encoding: 'utf8' });
    demand(status === 0, `"${folder}" cannot be packed:\n${stderr}`);
    const [{ name, version, filename, unpackedSize, size, files }] = JSON.parse(stdout);
    checkFiles(root, folder, name, files);
    return { name, version, tarball: path.join(target, filename), size, unpackedSize };
  });
}

function checkFiles(root, folder, name, files) {
  const paths = files.map((file) => file.path);
  const strays = paths.filter(
    (file) => !wanted.some((form) => form.test(file)) || unwanted.some((form) => form.test(file)),
  );
  demand(
    strays.length === 0,
    `The tarball of ${name} holds ${strays.join(', ')}: mend its "files".`,
  );
  const orphans = paths.filter((file) => {
    const source = file.match(/^dist\/(.*?)(?:\.d\.ts|\.js)$/)?.[1];
    return source !== undefined && !existsSync(path.join(folder, 'src', `${source}.ts`));
  });
  demand(
    orphans.length === 0,
    `The tarball of ${name} holds ${orphans.join(', ')}, left by an earlier build: rm -r packages/*/dist`,
  );
  const { files: named } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const missing = named.filter((form) => {
    if (form.startsWith('!')) return false;
    const [begin] = form.split('*', 1);
    return !paths.some((file) => file === begin || file.startsWith(begin.replace(/\/?$/, '/')));
  });
  demand(
    missing.length === 0,
    `The "files" of ${name} name ${missing.join(', ')}: nothing is there.`,
  );
  for (const file of ['README.md', 'LICENSE']) {
    demand(paths.includes(file), `The tarball of ${name} lacks ${file}.`);
  }
  const licences = [root, folder].map((place) => readFileSync(path.join(place, 'LICENSE'), 'utf8'));
  demand(licences[0] === licences[1], `The LICENSE of ${name} is not that of the repository.`);
}

/** Runs publint and arethetypeswrong over a tarball. */
export function lint(root, { name, tarball }) {
  const bin = (program) => path.join(root, 'node_modules', '.bin', program);
  const runs = [
    [bin('publint'), 'run', '--strict', tarball],
    [bin('attw'), '--profile', 'esm-only', '--format', 'ascii', '--no-color', tarball],
  ];
  for (const [program, ...words] of runs) {
    const { status, stdout, stderr } = spawnSync(program, words, { encoding: 'utf8' });
    demand(status === 0, `${path.basename(program)} objects to ${name}:\n${stdout}${stderr}`);
  }
}
