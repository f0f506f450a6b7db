import type { BotReport } from '@pertybot/core/host';
import type { Counts } from '../live/counts.js';

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

/**
 * What can be measured, in Prometheus' text.
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function formatMetrics(report: BotReport, counts: Counts, memory: number): string {
  const { plugins, channels, outputs, gadgets } = report;
  const one = (value: number): readonly Sample[] => [[{}, value]];
  const ready = report.state === 'ready' ? 1 : 0;
  return [
    metric('pertybot_up', 'gauge', 'Whether the bot is ready.', one(ready)),
    metric('pertybot_estop', 'gauge', 'Whether everything is stopped.', one(report.estop ? 1 : 0)),
    metric('pertybot_messages_total', 'counter', 'Lines of chat heard.', one(counts.messages)),
    metric('pertybot_replies_total', 'counter', 'Texts given to chat.', one(counts.replies)),
    metric('pertybot_commands_total', 'counter', 'Commands that ran.', one(counts.commands)),
    metric('pertybot_faults_total', 'counter', 'Times that a plugin threw.', one(counts.faults)),
    metric(
      'pertybot_refusals_total',
      'counter',
      'Commands that did not run, by reason.',
      [...counts.refusals].map(([reason, value]) => [{ reason }, value]),
    ),
    metric(
      'pertybot_plugin_running',
      'gauge',
      'Whether a plugin runs.',
      plugins.map(({ id, state }) => [{ plugin: id }, state === 'running' ? 1 : 0]),
    ),
    metric(
      'pertybot_channel_joined',
      'gauge',
      'Whether the bot sits in a channel.',
      channels.map(({ channel, joined }) => [{ channel }, joined ? 1 : 0]),
    ),
    metric(
      'pertybot_output_on',
      'gauge',
      'Whether an output is on.',
      outputs.map(({ gadget, pin, on }) => [{ gadget, pin }, on ? 1 : 0]),
    ),
    metric(
      'pertybot_output_on_seconds_total',
      'counter',
      'Time for which an output was on.',
      outputs.map(({ gadget, pin }) => [{ gadget, pin }, counts.timeOn.get(pin) ?? 0]),
    ),
    metric(
      'pertybot_gadget_queue',
      'gauge',
      'Verbs that wait for their turn.',
      gadgets.map(({ name, waiting }) => [{ gadget: name }, waiting]),
    ),
    metric('process_resident_memory_bytes', 'gauge', 'Memory of the bot.', one(memory)),
  ].join('');
}

function metric(name: string, type: string, help: string, samples: readonly Sample[]): string {
  const lines = samples.map(([labels, value]) => `${name}${formatLabels(labels)} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

function formatLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeValue(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join()}}`;
}

function escapeValue(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
