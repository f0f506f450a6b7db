import { useState } from 'preact/hooks';
import type { Answer } from '../../shared/feed.js';
import { wish } from '../live/wish.js';
import { Said } from '../parts/said.js';

/** Lets somebody in by a password, or says how to get a link. */
export function LoginView({ onLogin }: { readonly onLogin: () => void }) {
  const [password, setPassword] = useState('');
  const wasSpent = new URLSearchParams(location.search).get('link') === 'spent';
  const [answer, setAnswer] = useState<Answer | undefined>(
    wasSpent
      ? { done: false, text: 'That link is spent: each works once, for two minutes.' }
      : undefined,
  );
  const logIn = async (event: Event) => {
    event.preventDefault();
    const told = await wish('login', { password });
    setAnswer(told);
    setPassword('');
    if (!told.done) return;
    history.replaceState(undefined, '', '/');
    onLogin();
  };
  return (
    <main class="login">
      <h1>
        <img src="icon.svg" alt="" width="40" height="40" /> PertyBot
      </h1>
      <p>
        On the machine of the bot, run <code>pertybot page</code>: it opens this page for you.
      </p>
      <form onSubmit={(event) => void logIn(event)}>
        <label for="password">Password of this page</label>
        <input
          id="password"
          type="password"
          autocomplete="current-password"
          required
          value={password}
          onInput={({ currentTarget }) => setPassword(currentTarget.value)}
        />
        <button type="submit">Log in</button>
      </form>
      <Said answer={answer} />
      <p class="faint">
        <code>pertybot page password</code> sets one.
      </p>
    </main>
  );
}
