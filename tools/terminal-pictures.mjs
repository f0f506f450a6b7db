// Makes the pictures of the terminal: types at a real one, which tmux gives, and draws what stands on its screen.
// usage: node tools/terminal-pictures.mjs [folder]
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const target = path.resolve(process.argv[2] ?? path.join(root, 'docs', 'images'));
const columns = 104;

/** One story: what is typed, each once the screen shows what stands behind it. */
const pictures = [
  {
    name: 'terminal-dev',
    about:
      'pertybot dev: a lamp goes on, a horn is refused and then sounds, points are paid and kept',
    rows: 26,
    steps: [
      ['npx pertybot dev --no-page', /Ready/],
      ['!lamp on', /lamp is on/],
      ['alice: !horn on', /for subscribers/],
      ['alice[sub]: !horn beep', /horn off/],
      ['bob raids 50', /bob raids|raid/],
      ['!fan on', /no such command/],
    ],
  },
  {
    name: 'terminal-mistake',
    about:
      'A mistake in plugins.yaml while the bot runs: its line, a caret, and what to do; then it is mended and reloaded',
    rows: 24,
    steps: [
      ['npx pertybot dev --no-page', /Ready/],
      [{ from: 'maxOn: 10m', to: 'maxon: 10m' }, /Did you mean/],
      ['!lamp on', /lamp is on/],
      [
        { from: 'maxon: 10m', to: 'maxOn: 10m' },
        /mended|as it was|Reloaded|fits again|all is well/i,
      ],
    ],
  },
  {
    name: 'terminal-pinout',
    about: 'pertybot pinout: the header of the Raspberry Pi with the gadgets on it',
    rows: 34,
    steps: [['npx pertybot pinout', /GPIO21/]],
  },
];

const tmux = (folder, ...words) =>
  execFileSync('tmux', ['-S', path.join(folder, 'tmux'), '-f', '/dev/null', ...words], {
    encoding: 'utf8',
  });

/** Runs a story. @returns the screen with its colours */
async function play({ rows, steps }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'terminal-'));
  const bot = path.join(folder, 'my-bot');
  mkdirSync(bot);
  cpSync(path.join(root, 'plugins.yaml'), path.join(bot, 'plugins.yaml'));
  cpSync(path.join(root, 'plugins'), path.join(bot, 'plugins'), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(bot, 'node_modules'));
  try {
    const shell = "env -u NO_COLOR -u CI TERM=tmux-256color PS1='$ ' bash --norc --noprofile";
    const size = ['-x', String(columns), '-y', String(rows)];
    tmux(folder, 'new-session', '-d', ...size, '-c', bot, shell);
    await until(folder, 'nothing', /^\$ /);
    for (const [what, sign] of steps) {
      if (typeof what === 'string') {
        tmux(folder, 'send-keys', '-l', what);
        tmux(folder, 'send-keys', 'Enter');
      } else {
        const file = path.join(bot, 'plugins.yaml');
        writeFileSync(file, readFileSync(file, 'utf8').replace(what.from, what.to));
      }
      await until(folder, what, sign);
    }
    return tmux(folder, 'capture-pane', '-p', '-e').trimEnd();
  } finally {
    tmux(folder, 'kill-server');
    rmSync(folder, { recursive: true, force: true, maxRetries: 9 });
  }
}

async function until(folder, what, sign) {
  for (let tries = 0; tries < 300; tries += 1) {
    await sleep(100);
    if (sign.test(tmux(folder, 'capture-pane', '-p', '-J'))) return sleep(500);
  }
  const screen = tmux(folder, 'capture-pane', '-p');
  throw new Error(`After ${JSON.stringify(what)} the screen never showed ${sign}:\n${screen}`);
}

const ground = '#16181d';
const ink = '#d7dae0';
const colors = ['#16181d', '#ff6b6b', '#7bd88f', '#ffcf33', '#6cb6ff', '#c792ea', '#5ad4e6', ink];
const bright = ['#7d8590', ...colors.slice(1, 7), '#ffffff'];

/** What a sequence of numbers (SGR) makes of a style. */
function restyle(style, numbers) {
  const next = { ...style };
  for (let index = 0; index < numbers.length; index += 1) {
    const number = numbers[index];
    if (number === 0) for (const key of Object.keys(next)) delete next[key];
    else if (number === 1) next.bold = true;
    else if (number === 2) next.dim = true;
    else if (number === 7) next.inverse = true;
    else if (number === 22) Object.assign(next, { bold: false, dim: false });
    else if (number === 27) next.inverse = false;
    else if (number >= 30 && number <= 37) next.color = colors[number - 30];
    else if (number >= 90 && number <= 97) next.color = bright[number - 90];
    else if (number === 39) next.color = undefined;
    else if (number === 38 || number === 48) {
      if (number === 38) next.color = [...colors, ...bright][numbers[index + 2]] ?? ink;
      index += 2;
    }
  }
  return next;
}

const escapeText = (text) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('  ', '\u00a0\u00a0');

const cell = { width: 8.4, height: 18 };
const edge = 16;

/** Runs of one style, each at its column, so that no font moves what follows. */
function drawLine(line, row, style) {
  const spans = [];
  let column = 0;
  let now = style;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what a terminal is told.
  for (const part of line.split(/(\x1b\[[\d;]*m)/)) {
    const code = part.startsWith('\x1b[') ? part.slice(2, -1) : undefined;
    if (code !== undefined) {
      now = restyle(now, code.split(';').map(Number));
      continue;
    }
    const text = part.trim();
    const before = part.length - part.trimStart().length;
    if (text !== '') spans.push(drawRun(text, column + before, row, now));
    column += [...part].length;
  }
  return { spans, style: now };
}

function drawRun(text, column, row, { color = ink, bold, dim, inverse }) {
  const x = (edge + column * cell.width).toFixed(1);
  const y = edge + 22 + row * cell.height;
  const width = ([...text].length * cell.width).toFixed(1);
  const back = inverse
    ? `<rect x="${x}" y="${y + 5 - cell.height}" width="${width}" height="${cell.height}" fill="${color}"/>`
    : '';
  const weight = bold ? ' font-weight="700"' : '';
  const faint = dim ? ' opacity="0.65"' : '';
  return `${back}<text x="${x}" y="${y}" textLength="${width}" fill="${inverse ? ground : color}"${weight}${faint}>${escapeText(text)}</text>`;
}

function draw(screen, about) {
  const lines = screen.split('\n');
  let style = {};
  const spans = lines.flatMap((line, row) => {
    const drawn = drawLine(line, row, style);
    style = drawn.style;
    return drawn.spans;
  });
  const width = Math.ceil(columns * cell.width + 2 * edge);
  const height = lines.length * cell.height + 2 * edge + 14;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeText(about)}">`,
    `<title>${escapeText(about)}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${ground}"/>`,
    '<circle cx="18" cy="14" r="5" fill="#ff6b6b"/><circle cx="34" cy="14" r="5" fill="#ffcf33"/><circle cx="50" cy="14" r="5" fill="#7bd88f"/>',
    '<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, \'DejaVu Sans Mono\', monospace" font-size="14">',
    ...spans,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

mkdirSync(target, { recursive: true });
for (const picture of pictures) {
  const file = path.join(target, `${picture.name}.svg`);
  writeFileSync(file, draw(await play(picture), picture.about));
  process.stderr.write(`${file}\n`);
}
