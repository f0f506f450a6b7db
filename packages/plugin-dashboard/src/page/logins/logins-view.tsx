import type { LoginReport } from '@pertybot/core/host';
import { useEffect, useState } from 'preact/hooks';
import type { LoginOutcome, LoginsAnswer } from '../../shared/feed.js';
import { useLive } from '../live/use-live.js';
import { look, wish } from '../live/wish.js';
import { Said } from '../parts/said.js';
import { Invite } from './invite.js';
import { QrCode } from './qr-code.js';

/** How long Twitch may take to say how the logins stand, milliseconds. */
const patience = 30_000;

/** How the bot's accounts are logged in, and who may see this page. */
export function LoginsView() {
  const plugins = useLive(({ report }) => report.plugins);
  const [logins, setLogins] = useState<readonly LoginReport[]>();
  // When a login is done, what waited for it goes on: then it is looked at anew.
  const states = plugins.map(({ state, detail }) => `${state} ${detail}`).join();
  const ask = () =>
    void look<LoginsAnswer>('/api/logins', patience).then((told) => setLogins(told?.logins));
  useEffect(ask, [states]);
  useEffect(() => {
    // The login page is in another tab: whoever comes back from it wants to see what became of it.
    window.addEventListener('focus', ask);
    return () => window.removeEventListener('focus', ask);
  }, []);
  return (
    <>
      <h2>Logins at Twitch</h2>
      {logins?.length === 0 && <p class="faint">This bot needs none.</p>}
      <ul class="plugins">
        {logins?.map((login) => (
          <LoginItem key={`${login.account} ${login.channel}`} login={login} />
        ))}
      </ul>
      <button type="button" onClick={ask}>
        Look again
      </button>
      <Invite />
    </>
  );
}

function LoginItem({ login }: { readonly login: LoginReport }) {
  const { account, channel, well, lines } = login;
  const [answer, setAnswer] = useState<LoginOutcome>();
  const who = account === 'bot' ? 'the bot' : `the broadcaster${channel ? ` ${channel}` : ''}`;
  const begin = async () => {
    setAnswer({ done: true, text: 'One moment …' });
    const told = await wish<LoginOutcome>('logins', { account, channel });
    setAnswer(told);
    if ('address' in told && told.address) window.open(told.address, '_blank', 'noopener');
  };
  const address = answer?.address;
  return (
    <li class={`plugin plugin-${well ? 'running' : 'waiting'}`}>
      <div>
        <h3>
          {who} <span class="plugin-state">{well ? 'logged in' : 'needs a look'}</span>
        </h3>
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
        <Said answer={answer} />
        {address && (
          <p>
            <a href={address} target="_blank" rel="noopener noreferrer">
              Open {address}
            </a>
          </p>
        )}
        {address && !/\/\/localhost[:/]/.test(address) && <QrCode text={address} />}
      </div>
      <div class="plugin-wishes">
        <button type="button" onClick={() => void begin()}>
          Log in {who}
        </button>
      </div>
    </li>
  );
}
