// A chat server in the process of the bench: it lets a client join, and says lines of viewers.
import { ws } from '../chat/packages.mjs';

const { WebSocketServer } = ws();
const server = 'tmi.twitch.tv';

/** Starts it. `joined` resolves when the client has joined. */
export async function startPinChat() {
  const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  let socket;
  let number = 0;
  let replies = 0;
  let isIn;
  const joined = new Promise((resolve) => {
    isIn = resolve;
  });
  sockets.on('connection', (client) => {
    socket = client;
    let nick = 'pertybot';
    client.on('message', (data) => {
      for (const line of data.toString().split('\r\n')) {
        const [word, first = ''] = line.split(' ');
        if (word === 'CAP' && first === 'REQ')
          client.send(`:${server} CAP * ACK ${line.slice(line.indexOf(':'))}\r\n`);
        if (/^(@\S+ )?PRIVMSG /.test(line)) replies += 1;
        if (word === 'PING') client.send(`:${server} PONG ${server} ${line.slice(5)}\r\n`);
        if (word === 'NICK') {
          nick = first;
          const codes = ['001', '002', '003', '004', '375', '372', '376'];
          client.send(codes.map((code) => `:${server} ${code} ${nick} :hello\r\n`).join(''));
        }
        if (word !== 'JOIN') continue;
        client.send(`:${nick}!${nick}@${nick}.${server} JOIN ${first}\r\n`);
        client.send(
          `@badges=moderator/1;display-name=${nick};mod=1 :${server} USERSTATE ${first}\r\n@room-id=12345678 :${server} ROOMSTATE ${first}\r\n`,
        );
        isIn();
      }
    });
  });
  await new Promise((resolve) => sockets.once('listening', resolve));

  /** A line of one of two hundred viewers. */
  const say = (text) => {
    number += 1;
    const user = `viewer${number % 200}`;
    const id = `00000000-0000-4000-b000-${String(number).padStart(12, '0')}`;
    const tags = `badge-info=subscriber/8;badges=subscriber/6;client-nonce=0123456789abcdef0123456789abcdef;color=#1E90FF;display-name=${user};emotes=;first-msg=0;flags=;id=${id};mod=0;returning-chatter=0;room-id=12345678;subscriber=1;tmi-sent-ts=${Date.now()};turbo=0;user-id=${1000 + (number % 200)};user-type=`;
    socket.send(`@${tags} :${user}!${user}@${user}.${server} PRIVMSG #bench :${text}\r\n`);
  };

  /** Others chat at a steady pace. @returns what ends that, and tells how many lines there were */
  const chatter = (perSecond) => {
    const begun = performance.now();
    let said = 0;
    const timer = setInterval(() => {
      const due = ((performance.now() - begun) / 1_000) * perSecond;
      for (; said < due; said++)
        say(`this is the ${said}th thing that somebody says about the lamp`);
    }, 5);
    return () => {
      clearInterval(timer);
      return said;
    };
  };

  const stop = () => {
    socket?.terminate();
    sockets.close();
  };
  const { port } = sockets.address();
  return { port, joined, say, chatter, stop, replies: () => replies };
}
