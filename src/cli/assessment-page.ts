/** An assessment as people read it: what cannot be undone first, the line of source underlined, and what to do. */
import type { AssessedArtifact, Assessment } from '../model/assessment.ts';
import type { Finding } from '../model/finding.ts';
import { type ReversibilityClass, reversibilityClasses } from '../model/reversibility.ts';
import type { Reported } from './assess.ts';
import { harmless, painter, type Terminal } from './terminal.ts';
import { classTone } from './words.ts';

type Paint = ReturnType<typeof painter>;
const rank = (of: ReversibilityClass): number => reversibilityClasses.indexOf(of);

export function assessmentPage({ assessment, sources }: Reported, terminal: Terminal): string {
  const paint = painter(terminal);
  const lines = linesOf(sources.files);
  const telling = assessment.artifacts
    .filter((one) => one.findings.length > 0 || one.class !== 'fully-reversible')
    .toSorted((a, b) => rank(b.class) - rank(a.class) || rank(b.classAfterWrites) - rank(a.classAfterWrites));
  const silent = assessment.artifacts.filter((one) => !telling.includes(one));
  const quiet = silent.length;
  const known = silent.every((one) => one.known === 'rehearsal') ? 'rehearsal' : 'rule';
  return [
    ...telling.map((one) => artifactWords(one, lines, paint)),
    ...(quiet > 0
      ? [paint('quiet', `${countOf(quiet, 'artifact')} with nothing to say: fully reversible by ${known}.`)]
      : []),
    ...notReadWords(assessment.notRead, paint),
    ...sources.notes.map((note) => paint('person', harmless(note))),
    summary(assessment, harmless(sources.what), paint),
  ].join('\n\n');
}

function summary(assessment: Assessment, what: string, paint: Paint): string {
  const { artifacts, pointOfNoReturn: door, denied } = assessment;
  if (artifacts.length === 0)
    return `${what}: ${assessment.notRead.length === 0 ? 'nothing has changed' : 'nothing was read'}.`;
  return [
    `${what}: ${countOf(artifacts.length, 'artifact')}, ${classWords(assessment, paint)}`,
    ...(door ? [`${paint('bad', 'No way back after')} ${harmless(door.artifact)}: ${harmless(door.because)}`] : []),
    ...denied.map((because) => `${paint('bad', 'denied')}  ${harmless(because)}`),
  ].join('\n');
}

const classWords = (
  { class: found, classAfterWrites: later }: Pick<Assessment, 'class' | 'classAfterWrites'>,
  paint: Paint,
): string =>
  paint(classTone[found], found) + (later === found ? '' : `, once written to ${paint(classTone[later], later)}`);

type Lines = (path: string, line: number) => string | undefined;

function artifactWords(artifact: AssessedArtifact, lines: Lines, paint: Paint): string {
  const back = artifact.returns && artifact.returns !== 'none' ? `  the way back: ${artifact.returns}` : '';
  return [
    `${paint('strong', harmless(artifact.path))}  ${classWords(artifact, paint)}${back}`,
    ...artifact.findings.slice(0, most).map((finding) => findingWords(finding, lines, paint)),
    ...(artifact.findings.length > most
      ? [paint('quiet', `  and ${artifact.findings.length - most} more; --json has them all`)]
      : []),
  ].join('\n');
}

/** Findings of one artifact that are shown. */
const most = 8;

function findingWords(finding: Finding, lines: Lines, paint: Paint): string {
  const { at } = finding;
  const tone = finding.class ? classTone[finding.class] : 'quiet';
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['allowed', finding.allowed && `until ${finding.allowed.until}: ${finding.allowed.because}`],
    ['instead', finding.instead],
    ['undo', finding.inverse],
    ['ask', finding.probe],
    ['until', finding.closedBy],
  ];
  const place = at ? `${at.line}:${at.column}` : '';
  return [
    `  ${paint(tone, '●')} ${harmless(finding.message)}  ${paint('quiet', `${finding.rule}${place && ` ${place}`}`)}`,
    ...(at ? underlined(lines(at.path, at.line), at, paint, tone) : []),
    ...facts.flatMap(([name, words]) =>
      words === undefined
        ? []
        : [`    ${paint('quiet', name.padEnd(8))}${harmless(words).replaceAll('\n', '\n            ')}`],
    ),
  ].join('\n');
}

/** Longer lines are cut around the place. */
const widest = 96;

function underlined(
  text: string | undefined,
  { line, column }: NonNullable<Finding['at']>,
  paint: Paint,
  tone: Parameters<Paint>[0],
): readonly string[] {
  if (text === undefined || text.trim() === '') return [];
  const from = Math.max(0, Math.min(column - 1 - widest / 2, text.length - widest));
  const shown = harmless(text.slice(from, from + widest)).replaceAll('\t', ' ');
  const word = /^["'`]?[\w$.-]+["'`]?|^\S/.exec(text.slice(column - 1))?.[0] ?? '^';
  const number = String(line).padStart(5);
  return [
    `${paint('quiet', `${number} │`)} ${shown}`,
    `${paint('quiet', '      │')} ${' '.repeat(Math.max(0, column - 1 - from))}${paint(tone, '‾'.repeat(Math.max(1, word.length)))}`,
  ];
}

function linesOf(files: Reported['sources']['files']): Lines {
  const texts = new Map(files.map((file) => [file.path, file.after ?? file.before]));
  const split = new Map<string, readonly string[]>();
  return (path, line) => {
    const lines = split.get(path) ?? (texts.get(path) ?? '').split(/\r?\n/);
    split.set(path, lines);
    return lines[line - 1];
  };
}

/** Said, because what nobody read is not known to be reversible. */
function notReadWords(paths: readonly string[], paint: Paint): readonly string[] {
  if (paths.length === 0) return [];
  const named = paths.slice(0, 5).map(harmless).join(', ');
  const more = paths.length > 5 ? ` and ${paths.length - 5} more` : '';
  return [paint('person', `Not read, because nothing here knows their kind: ${named}${more}.`)];
}

const countOf = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
