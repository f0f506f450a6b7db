// What pages of docs/ link to outside of docs/: READMEs become pages of the site, other files pages that show them.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Where these pages lie, below docs/. */
export const outsideFolder = 'reference/files';

const isForeign = (link) => /^([a-z]+:|#|\/)/i.test(link);

/** The file of the repository that a page of the site is made of. */
export function sourceOf(page) {
  return page.startsWith(`${outsideFolder}/`)
    ? page.slice(outsideFolder.length + 1)
    : path.posix.join('docs', page);
}

/** The file that a link leads to, or undefined where it leads to the page itself or to another host. */
function targetOf(root, source, link) {
  if (isForeign(link)) return undefined;
  const target = path.posix.join(path.posix.dirname(source), decodeURI(link.split('#')[0]));
  const file = path.join(root, target);
  if (!existsSync(file)) throw new Error(`${source} links to ${link}, which does not exist.`);
  if (!statSync(file).isDirectory()) return target;
  const readme = path.posix.join(target, 'README.md');
  return existsSync(path.join(root, readme)) ? readme : target;
}

/** Where a file of the repository is on the site. */
function pageOf(file) {
  if (file.startsWith('docs/') && file.endsWith('.md')) return file.slice('docs/'.length);
  return `${outsideFolder}/${file}${file.endsWith('.md') ? '' : '.md'}`;
}

/**
 * @param page path of the page on the site that has the link
 * @returns where the link leads on the site
 */
export function siteLink(root, page, link) {
  const target = targetOf(root, sourceOf(page), link);
  if (target === undefined) return link;
  const anchor = link.includes('#') ? link.slice(link.indexOf('#')) : '';
  return `/${pageOf(target)}${anchor}`;
}

/** Where a picture of a page is, seen from that page. */
export function sitePicture(root, page, link) {
  const target = targetOf(root, sourceOf(page), link);
  if (target === undefined) return link;
  const place = path.posix.relative(path.posix.dirname(path.posix.join('docs', page)), target);
  return place.startsWith('.') ? place : `./${place}`;
}

const linksOf = (text) =>
  [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/(!?)\[[^\]]*\]\(([^)\s]+)\)/g)]
    .filter(([, isPicture]) => isPicture === '')
    .map(([, , link]) => link);

/** A page that shows a file or names what is in a folder. */
function shown(root, file) {
  const place = path.join(root, file);
  if (statSync(place).isDirectory()) return `# ${file}\n\nA folder of the repository.\n`;
  const language = path.extname(file).slice(1);
  return `# ${file}\n\n\`\`\`\`${language}\n${readFileSync(place, 'utf8')}\n\`\`\`\`\n`;
}

/** Writes all that is linked to, from these pages of docs/ and from what they link to. */
export function writeOutsidePages(root, pages) {
  const folder = path.join(root, 'docs', outsideFolder);
  rmSync(folder, { recursive: true, force: true });
  const waiting = pages.map((page) => path.posix.join('docs', page));
  const seen = new Set(waiting);
  for (let source = waiting.pop(); source !== undefined; source = waiting.pop()) {
    const text = source.endsWith('.md')
      ? readFileSync(path.join(root, source), 'utf8')
      : shown(root, source);
    if (!source.startsWith('docs/')) {
      const place = path.join(root, 'docs', pageOf(source));
      mkdirSync(path.dirname(place), { recursive: true });
      writeFileSync(place, text);
    }
    if (!source.endsWith('.md')) continue;
    for (const link of linksOf(text)) {
      const target = targetOf(root, source, link);
      if (target === undefined || seen.has(target)) continue;
      if (target.startsWith('docs/reference/')) continue;
      seen.add(target);
      waiting.push(target);
    }
  }
}
