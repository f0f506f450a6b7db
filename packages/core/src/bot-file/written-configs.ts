import { isMap, isNode, isSeq } from 'yaml';
import { largestAliasCount, type YamlSource } from './yaml-source.js';

/**
 * The configs of the entries of plugins.yaml as JSON, before variables are put in and anything is laid over them:
 * what tells one config from another without a secret in it.
 */
export function writtenConfigs(source: YamlSource): readonly string[] {
  const plugins = source.node(['plugins']);
  if (!isSeq(plugins)) return [];
  return plugins.items.map((entry) => {
    const config = isMap(entry) ? entry.get('config', true) : undefined;
    if (!isNode(config)) return '';
    try {
      return JSON.stringify(config.toJS(source.document, { maxAliasCount: largestAliasCount }));
    } catch {
      // Its aliases lead nowhere, which is told when the document is read.
      return '';
    }
  });
}
