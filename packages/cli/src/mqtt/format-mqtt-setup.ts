import { formatFindings } from '../doctor/run-doctor.js';
import { styleFor } from '../terminal/style.js';
import { wrap } from '../terminal/text.js';
import type { MqttSetupReport } from './run-mqtt-setup.js';

/** What was written and proved, and what to do with it, for people. */
export function formatMqttSetup(report: MqttSetupReport): string {
  const style = styleFor(process.stdout);
  const { columns } = process.stdout;
  const { files, checks, warnings, byHand, asService, host, nodes } = report;
  const indented = (text: string) => text.replaceAll(/^/gm, '  ');
  return [
    `${style.green('✓')} ${wrap(`Written: ${files.join(', ')}`, columns, 4)}`,
    ...(checks.length > 0 ? [formatFindings(checks, style, columns)] : []),
    ...warnings.map((text) => `${style.yellow('!')} ${wrap(text, columns, 2)}`),
    '',
    'Run it by hand:',
    indented(byHand),
    "or, by Debian's service:",
    ...asService.map(indented),
    '',
    'Into plugins.yaml here:',
    indented(host),
    ...nodes.flatMap(({ node, entry, copy }) => [
      '',
      `Into plugins.yaml of ${node}, whose .env is ${copy.join(', beside it ')}:`,
      indented(entry),
    ]),
  ].join('\n');
}
