import { useEffect, useState } from 'preact/hooks';
import { Board } from './board/board.js';
import { ChatView } from './chat/chat-view.js';
import { Estop } from './estop.js';
import { FileView } from './file/file-view.js';
import { isLive } from './live/live.js';
import { useLive, useMe } from './live/use-live.js';
import { LoginsView } from './logins/logins-view.js';
import { NumbersView } from './numbers/numbers-view.js';
import { PluginsView } from './plugins/plugins-view.js';
import { WhyView } from './why/why-view.js';

const views = [
  { path: 'board', title: 'Board', View: Board, owner: false },
  { path: 'chat', title: 'Chat', View: ChatView, owner: false },
  { path: 'why', title: 'Why', View: WhyView, owner: false },
  { path: 'plugins', title: 'Plugins', View: PluginsView, owner: false },
  { path: 'file', title: 'plugins.yaml', View: FileView, owner: true },
  { path: 'logins', title: 'Logins', View: LoginsView, owner: true },
  { path: 'numbers', title: 'Numbers', View: NumbersView, owner: false },
] as const;

const readPath = () => location.hash.replace(/^#\/?/, '');

/** The page of somebody who is logged in. */
export function App() {
  const { role, limited, pages } = useMe();
  const [path, setPath] = useState(readPath);
  useEffect(() => {
    const onHash = () => setPath(readPath());
    // Somebody may have gone on between the first drawing and now.
    onHash();
    window.addEventListener('hashchange', onHash);
    return () => window.removeEventListener('hashchange', onHash);
  }, []);
  const shown = views.filter(({ owner }) => !owner || role === 'owner');
  const { View, title } = shown.find((each) => each.path === path) ?? views[0];
  return (
    <>
      <header class="top">
        <button type="button" class="skip" onClick={skip}>
          Skip to content
        </button>
        <h1>
          <img src="icon.svg" alt="" width="28" height="28" /> PertyBot
        </h1>
        <nav aria-label="Views">
          {shown.map((each) => (
            <a
              key={each.path}
              href={`#/${each.path}`}
              aria-current={each.title === title ? 'page' : undefined}
            >
              {each.title}
            </a>
          ))}
          {pages.map((page) => (
            <a key={page.path} href={`/pages/${page.path}/`}>
              {page.title}
            </a>
          ))}
        </nav>
        <Standing />
        <Estop />
      </header>
      <main id="main" tabIndex={-1} aria-label={title}>
        {limited && <p class="note">{limited}</p>}
        <View />
      </main>
    </>
  );
}

/** The hash leads to views, so this is no link. */
function skip(): void {
  document.getElementById('main')?.focus();
}

/** How the bot does, in a word. */
function Standing() {
  const link = useLive((state) => state.link);
  const state = useLive(({ report }) => report.state);
  const command = useLive(({ report }) => report.command);
  const channels = useLive(({ report }) => report.channels);
  const rooms = channels.map(({ channel }) => `#${channel}`).join(' ');
  const text = isLive(link) ? `${state || 'connecting'} ${rooms}` : 'The bot is not seen';
  const look = isLive(link) ? (state === 'ready' ? 'good' : 'busy') : 'bad';
  return (
    <p class={`standing standing-${look}`} role="status" title={command}>
      {text}
    </p>
  );
}
