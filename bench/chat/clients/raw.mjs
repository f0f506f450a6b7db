// ws alone, by hand: the least that a client in Node can do. Finds the text and leaves the tags.
import { channels, countCommand, countMessage, port } from '../meter.mjs';
import { ws } from '../packages.mjs';

const socket = new (ws())(`ws://127.0.0.1:${port}`);
socket.onopen = () => {
  socket.send('CAP REQ :twitch.tv/tags twitch.tv/commands');
  socket.send('PASS oauth:benchtoken');
  socket.send('NICK pertybot');
};
const marker = ' PRIVMSG #';
socket.onmessage = ({ data }) => {
  for (const line of data.split('\r\n')) {
    const at = line.indexOf(marker);
    if (at === -1) {
      if (line.includes(' 376 ')) socket.send(`JOIN ${channels.map((name) => `#${name}`)}`);
      continue;
    }
    const text = line.slice(line.indexOf(' :', at) + 2);
    countMessage();
    if (!text.startsWith('!')) continue;
    countCommand();
    if (text.startsWith('!led ')) {
      const id = /;id=([^;]*)/.exec(line)[1];
      const channel = line.slice(at + marker.length, line.indexOf(' ', at + marker.length));
      socket.send(`@reply-parent-msg-id=${id} PRIVMSG #${channel} :led is ${text.slice(5)}`);
    }
  }
};
