import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Me } from '../shared/feed.js';
import { App } from './app.js';
import { Live } from './live/live.js';
import { Page } from './live/use-live.js';
import { look } from './live/wish.js';
import { LoginView } from './login/login-view.js';
import './main.css';
import './board/board.css';
import './wiring/wiring.css';
import './chat/chat.css';
import './why/why.css';
import './plugins/plugins.css';
import './file/file.css';
import './logins/logins.css';
import './numbers/numbers.css';

const live = new Live('/events');
const nobody: Me = { role: undefined, pages: [] };

/** How long the bot may take to say who one is, and until it is asked again, milliseconds. */
const patience = 1_900;
const nextTry = 700;

/** Asks who one is, and shows what he may see. */
function Root() {
  const [me, setMe] = useState<Me | 'unseen' | undefined>(undefined);
  const ask = async () => {
    const found = await look<Me>('/api/me', patience);
    setMe(found ?? 'unseen');
    if (found === undefined) setTimeout(() => void ask(), nextTry);
    else if (found.role !== undefined) live.connect();
  };
  useEffect(() => {
    void ask();
    return live.onChange(() => {
      if (live.state.link === 'out') setMe(nobody);
    });
  }, []);
  if (me === undefined) return null;
  if (me === 'unseen') return <Unseen />;
  if (me.role === undefined) return <LoginView onLogin={() => void ask()} />;
  return (
    <Page.Provider value={{ live, me }}>
      <App />
    </Page.Provider>
  );
}

/** Stands there while the bot has not been seen at all. */
function Unseen() {
  return (
    <div class="login" role="alert">
      <h1>The bot is not seen</h1>
      <p>
        Nothing here can stop it. In a terminal: <code>pertybot estop</code>
      </p>
    </div>
  );
}

const place = document.getElementById('page');
if (place) render(<Root />, place);
