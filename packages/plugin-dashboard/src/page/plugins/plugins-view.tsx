import type { PluginReport } from '@pertybot/core/host';
import { useState } from 'preact/hooks';
import type { Answer } from '../../shared/feed.js';
import { useLive, useMe } from '../live/use-live.js';
import { wish } from '../live/wish.js';
import { Said } from '../parts/said.js';
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
      {role === 'owner' && <LogView />}
    </>
  );
}

function PluginItem({ plugin }: { readonly plugin: PluginReport }) {
  const { id, use, about, version, state, detail, commands } = plugin;
  const { role } = useMe();
  const [answer, setAnswer] = useState<Answer>();
  const isOff = state === 'disabled';
  const ask = async (path: string, body: object) => setAnswer(await wish(path, body));
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
        </div>
      )}
    </li>
  );
}
