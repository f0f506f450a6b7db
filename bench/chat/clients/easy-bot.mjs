// @twurple/easy-bot with 100 commands. Its check of the token at id.twitch.tv is answered here, and its
// socket is led to the bench's server; all else is as its users have it. It runs as a verified bot that
// moderates, since its limits would hold up the round trips otherwise.
import { connect } from 'node:net';
import { commandNames } from '../lines.mjs';
import { channels, countCommand, countMessage, port } from '../meter.mjs';
import { peer } from '../packages.mjs';

const scopes = ['chat:read', 'chat:edit'];
peer('@twurple/auth/lib/helpers.js').getTokenInfo = async () => ({
  userName: 'pertybot',
  userId: '1',
  scopes,
});
const token = { accessToken: 'benchtoken', refreshToken: null, scope: scopes, expiresIn: null };
const getToken = async () => ({ ...token, obtainmentTimestamp: Date.now(), userId: '1' });
const authProvider = {
  clientId: 'client',
  getAccessTokenForUser: getToken,
  getAccessTokenForIntent: getToken,
  getAnyAccessToken: getToken,
  getCurrentScopesForUser: () => scopes,
};
const { Bot, createBotCommand } = peer('@twurple/easy-bot/lib/index.js');

const bot = new Bot({
  authProvider,
  channels,
  commands: [
    ...commandNames.map((name) =>
      createBotCommand(name, () => {
        countMessage();
        countCommand();
      }),
    ),
    createBotCommand('led', (params, { reply }) => reply(`led is ${params[0]}`)),
  ],
  chatClientOptions: {
    hostName: '127.0.0.1',
    ssl: false,
    isAlwaysMod: true,
    botLevel: 'verified',
    connectionOptions: {
      wsOptions: { createConnection: () => connect({ host: '127.0.0.1', port }) },
    },
  },
});
// It tells of lines that are no command; of the others its commands tell.
bot.onMessage(() => countMessage());
