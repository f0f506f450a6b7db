// Whether PertyBot holds on the Node that people install today: brings each from npm, installs the tarballs under it in an
// empty folder, and lives a day of a bot there: init, check, start, chat, edits, plugins of all kinds, faults, stop.
// usage: node tools/newer-node.mjs [24 26 …] [--node PROGRAM] [--keep]
//   24 26 …         majors, which npm brings                    default 24
//   --node PROGRAM  a Node that is there already, instead
//   --keep          leaves the folder behind and says where it is
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { installNode } from './newer-node/install-node.mjs';
import { tellStory } from './newer-node/story.mjs';
import { Failure, makeShell } from './pack/shell.mjs';
import { packAll } from './pack/tarballs.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { node: { type: 'string' }, keep: { type: 'boolean' } },
});
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const work = realpathSync(mkdtempSync(path.join(tmpdir(), 'newer-node-')));
const folderFor = (name) => {
  const folder = path.join(work, name);
  mkdirSync(folder);
  return folder;
};

/** The Nodes to try. */
function findNodes() {
  if (values.node === undefined) {
    const majors = positionals.length > 0 ? positionals : ['24'];
    return majors.map((major) => installNode(work, major));
  }
  const program = realpathSync(values.node);
  const { stdout } = spawnSync(program, ['-p', 'process.versions.node'], { encoding: 'utf8' });
  return [{ program, version: stdout.trim() }];
}

try {
  const nodes = findNodes();
  const tarballs = packAll(root, folderFor('tarballs')).map(({ tarball }) => tarball);
  for (const { program, version } of nodes) {
    console.log(`\nNode ${version}`);
    const begun = performance.now();
    const step = (text) => {
      console.log(`  ${((performance.now() - begun) / 1_000).toFixed(1).padStart(5)} s  ${text}`);
    };
    const home = folderFor(version);
    const shell = makeShell(home, program);
    await tellStory({ shell, tarballs, step, version, work: folderFor(`${version}/work`) });
    step('passed');
  }
  console.log('\nnewer-node passed');
} catch (error) {
  console.error(`\nnewer-node failed: ${error instanceof Failure ? error.message : error.stack}`);
  process.exitCode = 1;
} finally {
  if (values.keep) console.log(`Left in ${work}`);
  else rmSync(work, { recursive: true, force: true });
  // After a failure a simulated Twitch may still listen.
  process.exit();
}
