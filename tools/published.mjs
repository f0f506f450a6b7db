// What npm shows of our packages, made from one address: `repository` in package.json of the root. Holds
// `repository`, `homepage` and `bugs` of each package and the links of its README against it, since npm knows
// no path of this repository.
// usage: node tools/published.mjs [--write]
//   --write   mends what it can instead of telling it; run it when the repository moves
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const link = /(\]\()([^)\s]+)(\))/g;
const branch = 'main';

/** The address of a repository as a browser has it. */
function addressOf({ repository }) {
  return repository?.url.replace(/^git\+|\.git$/g, '');
}

/** The address of this repository. */
export function publicAddress(root = here) {
  return addressOf(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')));
}

/** What package.json of a package says of where it comes from. */
function originOf(address, name) {
  return {
    homepage: `${address}/tree/${branch}/packages/${name}#readme`,
    bugs: `${address}/issues`,
    repository: {
      type: 'git',
      url: `git+${address}.git`,
      directory: `packages/${name}`,
    },
  };
}

/**
 * The path in this repository that a link in a package's README means; none for one to elsewhere.
 * @param addresses that of today, and the one before the repository moved
 */
function meantBy(target, { addresses, name }) {
  const ours = addresses.find((address) => target.startsWith(`${address}/`));
  if (ours !== undefined) {
    return /^\/(?:blob|tree)\/[^/]+\/(.*)/.exec(target.slice(ours.length))?.[1];
  }
  if (/^(?:[a-z]+:|#)/.test(target)) return;
  return path.posix.normalize(path.posix.join('packages', name, target));
}

/** The names that the headings of a page can be reached by, as GitHub makes them. */
function anchorsOf(text) {
  const headings = text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** The link that works wherever the README is shown. */
function linkTo(root, address, place) {
  const [file] = place.split('#');
  const kind = existsSync(path.join(root, file)) && isFolder(root, file) ? 'tree' : 'blob';
  return `${address}/${kind}/${branch}/${place}`;
}

function isFolder(root, file) {
  return statSync(path.join(root, file)).isDirectory();
}

/** A README with the links that npm can follow. */
function withAddress(readme, { root, addresses, name }) {
  return readme.replace(link, (whole, before, target, after) => {
    const place = meantBy(target, { addresses, name });
    return place === undefined ? whole : `${before}${linkTo(root, addresses[0], place)}${after}`;
  });
}

function faultsOfLinks(readme, { root, addresses, name }) {
  return [...readme.matchAll(link)].flatMap(([, , target]) => {
    const place = meantBy(target, { addresses, name });
    if (place === undefined) return [];
    const [file, anchor] = place.split('#');
    const full = path.join(root, file);
    if (!existsSync(full)) return [`README.md leads to "${file}", which does not exist.`];
    if (anchor === undefined || isFolder(root, file)) return [];
    const found = anchorsOf(readFileSync(full, 'utf8')).includes(anchor);
    return found ? [] : [`README.md leads to "${place}", and that page has no such heading.`];
  });
}

/** The manifest with its origin, behind the licence where the others have it. */
function withOrigin(manifest, origin) {
  const entries = Object.entries(manifest).filter(([key]) => !(key in origin));
  const at = entries.findIndex(([key]) => key === 'license') + 1;
  return Object.fromEntries(entries.toSpliced(at, 0, ...Object.entries(origin)));
}

/**
 * Compares what is published with the address.
 * @param write mends manifests and links as well
 * @returns the faults that are left, one sentence each
 */
export function checkPublished({ root = here, write = false } = {}) {
  const address = publicAddress(root);
  const names = readdirSync(path.join(root, 'packages'));
  return names.flatMap((name) => {
    const file = (each) => path.join(root, 'packages', name, each);
    const mend = (each, is, wanted, fault) => {
      if (is === wanted) return [];
      if (!write) return [fault];
      writeFileSync(file(each), wanted);
      return [];
    };
    const manifest = readFileSync(file('package.json'), 'utf8');
    const before = JSON.parse(manifest);
    const made = withOrigin(before, originOf(address, name));
    const addresses = [address, addressOf(before)].filter((each) => each !== undefined);
    const readme = readFileSync(file('README.md'), 'utf8');
    return [
      ...mend(
        'package.json',
        manifest,
        `${JSON.stringify(made, null, 2)}\n`,
        `package.json does not have the repository, homepage and bugs of ${address}.`,
      ),
      ...mend(
        'README.md',
        readme,
        withAddress(readme, { root, addresses, name }),
        'README.md has links that npm cannot follow.',
      ),
      ...faultsOfLinks(readme, { root, addresses, name }),
    ].map((fault) => `packages/${name}: ${fault}`);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const faults = checkPublished({ write: process.argv.includes('--write') });
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) {
    console.error('Run: node tools/published.mjs --write');
    process.exitCode = 1;
  }
}
