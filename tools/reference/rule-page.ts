import type { Example, Rule, Surface } from '../../src/model/surface.ts';

type AnyRule = Rule<never>;

export const rulePath = (surface: string): string => `rules/${surface}.md`;

/** One surface: what it is, how a change of it is undone, and every rule with an example that matches and one that passes. */
export const rulePage = ({ name, summary, wayBack, mainRisk, rules }: Surface<never>): string => `
# ${name}

${summary}

**Way back:** ${wayBack}

**Main risk:** ${mainRisk}

${rules.map(section).join('\n')}
`;

const section = ({ id, problem, instead, source, examples }: AnyRule): string => `
## ${id.split('/')[1] ?? id}

\`${id}\` · ${problem}

**Instead:** ${instead}

**Source:** <${source}>

Found in:

${shown(examples.matches[0])}

Not in:

${shown(examples.passes[0])}
`;

const shown = (example: Example): string =>
  typeof example === 'string'
    ? fenced(example)
    : [
        ...(example.before === undefined ? ['before: nothing'] : ['before', fenced(example.before)]),
        ...(example.after === undefined ? ['after: nothing'] : ['after', fenced(example.after)]),
      ].join('\n\n');

/** Longer than any fence inside. */
const fenced = (text: string): string => `\`\`\`\`text\n${text.trimEnd()}\n\`\`\`\``;
