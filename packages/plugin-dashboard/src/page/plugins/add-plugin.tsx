import { useState } from 'preact/hooks';
import type { AdditionOutcome } from '../../shared/feed.js';
import { npmPatience, wish } from '../live/wish.js';
import { Said } from '../parts/said.js';

/** Adds a plugin; of somebody else's it first shows what that is, and asks. */
export function AddPlugin() {
  const [plugin, setPlugin] = useState('');
  const [answer, setAnswer] = useState<AdditionOutcome>();
  const [busy, setBusy] = useState(false);
  const add = async (agreed?: string) => {
    setBusy(true);
    setAnswer({ done: true, text: `Adding ${plugin} … npm may take a while.` });
    const told = await wish<AdditionOutcome>('plugins/add', { plugin, agreed }, npmPatience);
    setAnswer(told);
    setBusy(false);
    if (told.done) setPlugin('');
  };
  return (
    <section aria-label="Add a plugin">
      <h2>Add a plugin</h2>
      <form
        class="filters"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <label>
          plugin
          <input
            required
            maxlength={200}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            placeholder="mqtt, pertybot-plugin-fan, ./plugins/dice.ts"
            value={plugin}
            onInput={({ currentTarget }) => setPlugin(currentTarget.value)}
          />
        </label>
        <button type="submit" disabled={busy}>
          Add
        </button>
      </form>
      <Said answer={answer} />
      {answer?.ask !== undefined && (
        <fieldset class="plugin-ask">
          <legend>Add it?</legend>
          <pre>{answer.ask}</pre>
          <button type="button" disabled={busy} onClick={() => void add(answer.ask)}>
            Yes, add it
          </button>
          <button type="button" onClick={() => setAnswer(undefined)}>
            No
          </button>
        </fieldset>
      )}
    </section>
  );
}
