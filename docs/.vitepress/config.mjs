// The site of these pages. What they link to outside of this folder, and the references, tools/site.mjs writes.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { siteLink, sitePicture } from '../../tools/site/outside-pages.mjs';

const docs = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const root = path.dirname(docs);

/** Links of the pages are those of the repository, so that they work there, too. */
function leadWithinTheSite(markdown) {
  markdown.core.ruler.push('site-links', ({ tokens, env }) => {
    const page = env.relativePath;
    // These are made for the site alone.
    if (page.startsWith('reference/') && !page.startsWith('reference/files/')) return;
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type === 'link_open') {
        token.attrSet('href', siteLink(root, page, token.attrGet('href')));
      } else if (token.type === 'image') {
        token.attrSet('src', sitePicture(root, page, token.attrGet('src')));
      }
    }
  });
}

/** A heading's anchor, as the repository shows it. */
const slugify = (heading) =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

/** Entries of the sidebar, of the pages that there are. */
const items = (pages) =>
  pages
    .filter(([, page]) => page === '' || existsSync(path.join(docs, `${page}.md`)))
    .map(([text, page]) => ({ text, link: `/${page}` }));

const goals = [
  ['Try it', ''],
  ['I have a relay', 'relay'],
  ['I have a strip', 'strip'],
  ['I want points', 'channel-points'],
  ['I have several Pis', 'many-machines'],
  ['Something does not work', 'troubleshooting'],
  ['Write a plugin', 'writing-plugins'],
];

const use = [
  ['Gadgets', 'gadgets'],
  ['Safety', 'safety'],
  ['plugins.yaml', 'plugins-yaml'],
  ['Commands', 'commands'],
  ['What the bot says', 'replies'],
  ['Events', 'events'],
  ['Recipes', 'recipes'],
  ['The page', 'page'],
  ['Raspberry Pi', 'raspberry-pi'],
  ['Register an application', 'twitch-app'],
  ['Login', 'oauth'],
  ['Chat', 'chat'],
  ['Upgrading', 'upgrading'],
];

const authors = [
  ['Write a plugin', 'writing-plugins'],
  ['Gadgets and pins', 'gadget-api'],
  ['Test it', 'testing-plugins'],
  ['Lifecycle and reload', 'lifecycle'],
];

const house = [
  ['Architecture', 'architecture'],
  ['Security', 'security'],
  ['Performance', 'performance'],
  ['Releasing', 'releasing'],
];

const reference = [
  ['Every key of plugins.yaml', 'reference/configuration'],
  ['Every command', 'reference/commands'],
  ['Every error', 'errors'],
];

const faces = [
  'core',
  'core/host',
  'core/testing',
  'plugin-gpio',
  'testing',
  'twitch-simulator',
].map((name) => [`@pertybot/${name}`, `reference/api/@pertybot/${name}`]);

const lamp =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="6" r="5" fill="#ffcf33"/><path d="M6 11h4v4H6z" fill="#555"/></svg>';
const icon = `data:image/svg+xml,${encodeURIComponent(lamp)}`;

export default {
  title: 'PertyBot',
  description: 'A Twitch chat bot for people with a Raspberry Pi and a soldering iron.',
  srcExclude: ['test/**', '**/node_modules/**'],
  rewrites: { 'README.md': 'index.md' },
  markdown: { config: leadWithinTheSite, anchor: { slugify } },
  metaChunk: true,
  head: [['link', { rel: 'icon', href: icon }]],
  // The pages of the API are as large as what they tell.
  vite: { build: { chunkSizeWarningLimit: 2_000 } },
  themeConfig: {
    outline: [2, 3],
    // An index of its own; nothing is asked of another host.
    search: {
      provider: 'local',
      options: {
        miniSearch: {
          // A code such as GPIO_PIN_BUSY is one word.
          options: { tokenize: (text) => text.split(/[^\p{L}\p{N}_]+/u) },
          searchOptions: {
            // Who looks for a word wants to read of it first, and then to look it up.
            boostDocument: (id) => (id.includes('/reference/') ? 0.4 : 1),
          },
        },
      },
    },
    nav: items([goals[0], goals[1], goals[3], ['Reference', 'reference/configuration'], goals[5]]),
    sidebar: [
      { text: 'What do you have?', items: items(goals) },
      { text: 'Use', items: items(use) },
      { text: 'Plugins', items: items(authors) },
      { text: 'Reference', items: items(reference) },
      { text: 'API', collapsed: true, items: items(faces) },
      { text: 'The house', collapsed: true, items: items(house) },
    ],
  },
};
