import type { PluginReport } from '@pertybot/core/host';
import { useState } from 'preact/hooks';
import type { Answer } from '../../shared/feed.js';
import { useLive, useMe } from '../live/use-live.js';
import { npmPatience, wish } from '../live/wish.js';
import { Said } from '../parts/said.js';
import { AddPlugin } from './add-plugin.js';
import { LogView } from './log-view.js';

/** The plugins, how they do, and the log. */
export function PluginsView() {
  const plugins = useLive(({ report }) => report.plugins);
  const { role } = useMe();
  return (
    <>
      <h2>Plugins</h2>
      <ul class="plugins">
        {plugins.map((plugin) => (
          <PluginItem key={plugin.id} plugin={plugin} />
        ))}
      </ul>
      {role === 'owner' && <AddPlugin />}
      {role === 'owner' && <LogView />}
    </>
  );
}

function PluginItem({ plugin }: { readonly plugin: PluginReport }) {
  const { id, use, about, version, state, detail, commands } = plugin;
  const { role } = useMe();
  const [answer, setAnswer] = useState<Answer>();
  const [asking, setAsking] = useState(false);
  const isOff = state === 'disabled';
  const ask = async (path: string, body: object, limit?: number) => {
    setAsking(false);
    setAnswer({ done: true, text: 'One moment …' });
    setAnswer(await wish(path, body, limit));
  };
  return (
    <li class={`plugin plugin-${state}`}>
      <div>
        <h3>
          {id} <span class="plugin-state">{state}</span>
        </h3>
        <p>{about}</p>
        {detail && <p class={state === 'failed' ? 'said-no' : 'note'}>{detail}</p>}
        <p class="faint">
          {use}
          {version && ` ${version}`}
          {commands.length > 0 && ` · ${commands.join(' ')}`}
        </p>
        <Said answer={answer} />
      </div>
      {role === 'owner' && (
        <div class="plugin-wishes">
          {!isOff && (
            <button
              type="button"
              aria-label={`Restart ${id}`}
              onClick={() => void ask('restart', { plugin: id })}
            >
              Restart
            </button>
          )}
          <button
            type="button"
            aria-label={`${isOff ? 'Enable' : 'Disable'} ${id}`}
            onClick={() => void ask('switch', { plugin: id, enabled: isOff })}
          >
            {isOff ? 'Enable' : 'Disable'}
          </button>
          <button type="button" aria-label={`Remove ${id} …`} onClick={() => setAsking(true)}>
            Remove …
          </button>
        </div>
      )}
      {asking && (
        <fieldset class="plugin-ask">
          <legend>Remove {id}</legend>
          It goes out of plugins.yaml, and its package with it where nothing else needs that.
          <button
            type="button"
            onClick={() => void ask('plugins/remove', { plugin: id }, npmPatience)}
          >
            Yes, remove {id}
          </button>
          <button type="button" onClick={() => setAsking(false)}>
            No
          </button>
        </fieldset>
      )}
    </li>
  );
}
