// What an owner does, under the Node that the shell has: installs, makes a bot, starts it, chats, edits, adds a plugin,
// stops; and what plugins do to a bot.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { packFixturePlugin } from '../pack/fixture-plugin.mjs';
import { demand, Failure } from '../pack/shell.mjs';
import { askedKinds, fillBot } from './bot-files.mjs';
import { packProbe } from './probe-plugin.mjs';
import { StartedBot, within } from './started-bot.mjs';

/**
 * Tells the story.
 * @param shell of `makeShell`
 * @param tarballs of all packages
 * @param step told what begins
 * @param version of the Node
 * @param work an empty folder
 */
export async function tellStory({ shell, tarballs, step, version, work }) {
  const { run, environment } = shell;
  step('install');
  run('npm', ['install', '--no-audit', '--no-fund', ...tarballs], { cwd: work });
  const program = path.join(work, 'node_modules', '.bin', 'pertybot');
  /** Runs the command; a warning of Node's would be a line of somebody's terminal. */
  const pertybot = (words, options = {}) => {
    const ran = run(program, words, { cwd: work, ...options });
    demand(!/\(node:\d+\)|Warning/.test(ran.stderr), `"${words.join(' ')}" warns:\n${ran.stderr}`);
    return ran;
  };
  const { stdout: told } = pertybot(['--version']);
  demand(told.includes(`node-v${version}`), `"pertybot --version" says ${told}`);
  // Since Node 22.1.
  const kept = path.join(environment.XDG_CACHE_HOME, 'pertybot');
  const isKept = existsSync(kept) && readdirSync(kept).some((each) => each.startsWith('v'));
  demand(isKept || version.startsWith('20.'), `Nothing compiled is kept in "${kept}".`);

  step('init, check, doctor');
  pertybot(['init', '--yes']);
  const cwd = work;
  const twitch = await startTwitch(work);
  const { accessToken: token } = twitch.id.issueToken({ login: 'pertybot' });
  fillBot(cwd, { idUrl: twitch.idUrl, chatUrl: twitch.chatUrl, token });
  pertybot(['check'], { cwd });
  const { stdout: tried } = pertybot(['check', '--try'], { cwd });
  demand(!tried.includes('✗'), `"check --try" finds fault:\n${tried}`);
  const { stdout: health } = pertybot(['doctor', '--no-network'], { cwd, exit: 'any' });
  demand(new RegExp(`✓ node +Node ${version} `).test(health), `"doctor" says:\n${health}`);
  pertybot(['plugins', 'verify', './plugins/typed.ts'], { cwd });

  step('start, and chat');
  const bot = new StartedBot(program, cwd, environment);
  try {
    await useBot({ bot, twitch, pertybot, cwd, work });
    step('a plugin that never gives the bot back');
    say(twitch, '!stall');
    const { plugin, message } = await bot.logs('has let nothing else run');
    demand(plugin === 'faulty' && /faulty\.ts:17:\d+/.test(message), `It is not found: ${message}`);
    bot.kill();
  } finally {
    bot.kill();
  }
  step('stop');
  await stopBot({ program, cwd, environment, pertybot, twitch });
  await twitch.stop();

  async function useBot(story) {
    await bot.logs('The bot is ready.');
    await asks(story, '!lamp on', 'lamp is on');
    for (const name of askedKinds) await asks(story, `!${name}`, `${name} one core`);

    step('faults, and whose they are');
    const line = { throw: 8, reject: 10, timer: 14 };
    for (const [word, text] of Object.entries({
      throw: 'thrown on purpose',
      reject: 'rejected on purpose',
      timer: 'late on purpose',
    })) {
      say(twitch, `!${word}`);
      const entry = await bot.logs(text);
      const whole = JSON.stringify(entry);
      demand(entry.plugin === 'faulty', `A fault is not its plugin's: ${whole}`);
      demand(
        new RegExp(`plugins/faulty\\.ts:${line[word]}:\\d+`).test(whole),
        `A trace does not lead to faulty.ts:${line[word]}: ${whole}`,
      );
    }

    step('edit');
    await edits(story, 'typed.ts', ['told.where}', "told.where.concat(' again')}"], 'typed');
    await asks(story, '!typed', 'typed again one core');
    await edits(story, 'common.cjs', ["'common '", "'common again '"], 'common');
    await asks(story, '!common', 'common again one core');
    await breaks(story);

    step('add and remove a plugin');
    const { name, tarball } = packFixturePlugin(work);
    const relative = (file) => `./${path.relative(cwd, file)}`;
    pertybot(['plugins', 'add', relative(tarball), '--yes'], { cwd });
    await bot.logs('Reloaded');
    await asks(story, '!flip', 'It is heads.');
    const before = readFileSync(path.join(cwd, 'plugins.yaml'), 'utf8');
    const probe = packProbe(work);
    const { stderr } = pertybot(['plugins', 'add', relative(probe.tarball), '--yes'], {
      cwd,
      exit: 1,
    });
    for (const what of probe.forbidden) {
      demand(
        stderr.includes(`${what}: denied`),
        `While it was tried, a plugin had ${what}:\n${stderr}`,
      );
    }
    const after = readFileSync(path.join(cwd, 'plugins.yaml'), 'utf8');
    demand(after === before, `A plugin that was refused is in plugins.yaml:\n${after}`);
    pertybot(['plugins', 'remove', name], { cwd });
    await bot.logs('Reloaded');
    await asks(story, '!lamp off', 'lamp is off');
    bot.checkStderr();
  }
}

async function startTwitch(work) {
  const file = path.join(work, 'node_modules', '@pertybot', 'twitch-simulator', 'lib', 'index.js');
  const { startTwitchSimulator } = await import(pathToFileURL(file).href);
  return startTwitchSimulator();
}

function say(twitch, text) {
  twitch.chat.say({ channel: 'mychannel', as: { login: 'mychannel' }, text });
}

/** Says something, and waits for the answer. */
async function asks({ bot, twitch }, text, answer) {
  const heard = [];
  const reply = twitch.chat.waitFor('message', (message) => {
    heard.push(message.text);
    return message.text.includes(answer);
  });
  say(twitch, text);
  await within(reply, () => {
    const log = bot.entries.slice(-20).map((entry) => JSON.stringify(entry));
    return new Failure(`To "${text}" the bot said ${JSON.stringify(heard)}:\n${log.join('\n')}`);
  });
}

/** Changes a file of the bot, and waits until the bot has it. */
async function edits({ bot, cwd }, name, [from, to], plugin) {
  const file = path.join(cwd, 'plugins', name);
  const text = readFileSync(file, 'utf8');
  demand(text.includes(from), `"${name}" has no "${from}".`);
  writeFileSync(file, text.replace(from, to));
  const { message } = await bot.logs('Reloaded');
  demand(message.includes(plugin), `The edit of "${name}" brought: ${message}`);
}

/** An edit that does not hold says where it is broken and what to write, and changes nothing. */
async function breaks(story) {
  const { bot, cwd } = story;
  const file = path.join(cwd, 'plugins', 'typed.ts');
  const sound = readFileSync(file, 'utf8');
  for (const [text, place, hint] of [
    ["const { definePlugin } = require('@pertybot/core');\n", 'typed.ts:1:26', 'import … from'],
    [
      "import words from '../package.json';\nexport default words;\n",
      'package.json',
      "type: 'json'",
    ],
    ['export default = 1;\n', 'typed.ts:1:16', 'Mend'],
  ]) {
    writeFileSync(file, text);
    const entry = JSON.stringify(await bot.logs(place));
    demand(entry.includes(hint), `An edit with a mistake brings no "${hint}": ${entry}`);
    await asks(story, '!typed', 'typed again one core');
  }
  writeFileSync(file, sound);
}

/** A bot that is stopped from elsewhere ends well and leaves no pin on. */
async function stopBot({ program, cwd, environment, pertybot, twitch }) {
  const bot = new StartedBot(program, cwd, environment);
  try {
    await bot.logs('The bot is ready.');
    await asks({ bot, twitch }, '!lamp on', 'lamp is on');
    const { stdout } = pertybot(['status'], { cwd });
    demand(stdout.includes('is ready'), `"status" says:\n${stdout}`);
    pertybot(['stop'], { cwd });
    await bot.logs('every pin is off');
    const code = await bot.ended();
    demand(code === 0, `The bot ended with ${code}.`);
    bot.checkStderr();
  } finally {
    bot.kill();
  }
}
