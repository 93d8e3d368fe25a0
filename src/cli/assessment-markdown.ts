/** An assessment as Markdown, for a comment on a pull request: one table, what cannot be undone first. */
import type { AssessedArtifact } from '../model/assessment.ts';
import { type ReversibilityClass, reversibilityClasses } from '../model/reversibility.ts';
import type { Reported } from './assess.ts';

/** Rows that are shown: a comment has a length that hosts allow. */
const most = 40;
const rank = (of: ReversibilityClass): number => reversibilityClasses.indexOf(of);

export function assessmentMarkdown({ assessment, sources }: Reported): string {
  const { artifacts, class: found, classAfterWrites: later, pointOfNoReturn: door, denied } = assessment;
  const telling = artifacts.filter((one) => one.findings.length > 0).toSorted((a, b) => rank(b.class) - rank(a.class));
  const rows = telling.flatMap(rowsOf);
  return [
    '<!-- recourse-assess -->',
    `### Recourse: **${found}**${later === found ? '' : `, once written to **${later}**`}`,
    '',
    `${cell(sources.what)}: ${artifacts.length} artifacts, ${telling.length} with findings.`,
    ...(door ? ['', `**No way back after** \`${code(door.artifact)}\`: ${cell(door.because)}`] : []),
    ...denied.map((because) => `\n> **Denied:** ${cell(because)}`),
    ...(rows.length > 0 ? ['', '| where | what | instead |', '| --- | --- | --- |', ...rows.slice(0, most)] : []),
    ...(rows.length > most ? ['', `${rows.length - most} more findings: see the job's log.`] : []),
    ...sources.notes.map((note) => `\n${cell(note)}`),
  ].join('\n');
}

const rowsOf = (artifact: AssessedArtifact): readonly string[] =>
  artifact.findings.map(({ at, message, instead, class: found, rule, inverse }) => {
    const where = `\`${code(at ? `${at.path}:${at.line}` : artifact.path)}\``;
    const what = `${found ? `**${found}** ` : ''}${cell(message)} (\`${rule}\`)`;
    const then = [instead && cell(instead), inverse && `undo: \`${code(inverse)}\``].filter(Boolean).join('<br>');
    return `| ${where} | ${what} | ${then} |`;
  });

/** Text from artifacts is text: no Markdown, no HTML and no mention of anybody comes out of it. */
const cell = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_[\]|~#]/g, String.raw`\$&`)
    .replaceAll('@', '@\u200b');
const code = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .replaceAll('`', "'")
    .replaceAll('|', String.raw`\|`);
