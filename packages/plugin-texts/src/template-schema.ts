import { v } from '@pertybot/core';
import { commandNames, findTemplateFault } from './text-template.js';

/** Valibot schema of a text with names in braces. */
export function template(names = commandNames) {
  return v.pipe(
    v.string('expected a text'),
    v.nonEmpty('expected a text'),
    v.rawCheck(({ dataset, addIssue }) => {
      const fault = dataset.typed ? findTemplateFault(dataset.value, names) : undefined;
      if (fault !== undefined) addIssue({ message: fault });
    }),
  );
}
