import { Command, Option } from 'commander';

import type { Assessment } from '../model/assessment.ts';
import { Fault } from '../model/fault.ts';
import { ReversibilityClass } from '../model/reversibility.ts';
import type { SourceSet, Sources } from '../model/sources.ts';
import { globals, print } from './act.ts';
import type { Given } from './given.ts';

/** What a report is made of. */
export interface Reported {
  readonly assessment: Assessment;
  readonly sources: SourceSet;
  readonly version: string;
}

const formats = ['text', 'json', 'sarif', 'junit', 'markdown', 'github'] as const;
type Format = (typeof formats)[number];

/** `recourse assess` */
export const assessCommand = (given: Given): Command =>
  new Command('assess')
    .description('say how a change could be undone, before it is made')
    .argument('[paths...]', 'files or folders, - for standard input; none: the branch against where it left main')
    .option('--git <base..head>', 'what changed between two commits')
    .option('--before <path>', 'the version before, a file or a folder, with --after')
    .option('--after <path>', 'the version after')
    .option('--plan <file>', 'a Terraform or OpenTofu plan, as JSON or as it was saved')
    .option('--revert <commit>', 'what `git revert` of this commit would do, compared with a true way back')
    .option('--as <name>', 'what to take standard input for', 'stdin.sql')
    .addOption(
      new Option('--declared <class>', 'the class that the author declares').choices(ReversibilityClass.options),
    )
    .addOption(new Option('--format <format>', 'how to say it').choices(formats).default('text'))
    .option('--declaration <file>', 'a change file or its `declared` part: class, window, method, verification …')
    .option('--environment <name>', 'where it will be made, for the policies')
    .option('--policy <file>', 'what the organisation asks of changes (RECOURSE_POLICY)')
    .option('--explain <rule>', 'what a rule is about: the problem, how it is known, what to do instead')
    .addHelpText('after', examples)
    .action(async (paths: readonly string[], options: Options, command: Command) => {
      const isJson = globals(command).json ?? false;
      if (options.explain !== undefined) return explain(given, isJson, options.explain);
      const [surfaces, { assess }] = await Promise.all([given.surfaces(), import('../pipeline/assess.ts')]);
      const sources = await sourcesFor(given.sources, paths, options, given.interrupted);
      const assessment = await gated(given, await assess(surfaces, sources.files, given.now()), options);
      const reported = { assessment, sources, version: given.version };
      const exit = assessment.denied.length > 0 ? 3 : 0;
      if (isJson || options.format === 'json')
        return print(given, true, { json: { ...assessment, notes: sources.notes }, exit });
      return print(given, false, { words: await written(options.format, given, reported), exit });
    });

interface Options {
  readonly git?: string;
  readonly before?: string;
  readonly after?: string;
  readonly plan?: string;
  readonly revert?: string;
  readonly as: string;
  readonly declared?: ReversibilityClass;
  readonly format: Format;
  readonly declaration?: string;
  readonly environment?: string;
  readonly policy?: string;
  readonly explain?: string;
}

/** Held against what its author declares and what the organisation asks. */
async function gated(given: Given, assessment: Assessment, options: Options): Promise<Assessment> {
  const { gatedAssessment } = await import('../pipeline/gated-assessment.ts');
  const { readDeclaration } = await import('./read-declaration.ts');
  const stated = options.declaration === undefined ? {} : await readDeclaration(given, options.declaration);
  const policies = await given.policies(options.policy);
  return gatedAssessment(assessment, {
    environment: options.environment ?? stated.environment ?? '',
    class: options.declared ?? stated.declared?.class,
    declared: stated.declared,
    policies,
  });
}

async function sourcesFor(
  sources: Sources,
  paths: readonly string[],
  { git, before, after, plan, revert, as }: Options,
  signal: AbortSignal,
): Promise<SourceSet> {
  const ways = [paths.length > 0, git, before ?? after, plan, revert].filter(Boolean);
  if (ways.length > 1)
    throw new Fault(
      'invalid-input',
      'Say one thing to assess: paths, --git, --before and --after, --plan or --revert.',
    );
  if ((before === undefined) !== (after === undefined))
    throw new Fault('invalid-input', '--before and --after go together.', { advice: 'Give both versions.' });
  if (before !== undefined && after !== undefined) return sources.compare(before, after);
  if (plan !== undefined) return sources.plan(plan);
  if (revert !== undefined) return sources.revert(revert, signal);
  return paths.length > 0 ? sources.files(paths, as) : sources.git(git, signal);
}

async function written(format: Exclude<Format, 'json'>, given: Given, reported: Reported): Promise<string> {
  const writers = {
    text: async () => (await import('./assessment-page.ts')).assessmentPage(reported, given.terminal),
    sarif: async () => (await import('./assessment-sarif.ts')).assessmentSarif(reported, await given.surfaces()),
    junit: async () => (await import('./assessment-junit.ts')).assessmentJunit(reported),
    markdown: async () => (await import('./assessment-markdown.ts')).assessmentMarkdown(reported),
    github: async () => (await import('./assessment-annotations.ts')).assessmentAnnotations(reported),
  } satisfies Record<typeof format, () => Promise<string>>;
  return writers[format]();
}

async function explain(given: Given, isJson: boolean, id: string): Promise<void> {
  const { rulePage } = await import('./rule-page.ts');
  print(given, isJson, rulePage(await given.surfaces(), id, given.terminal));
}

const examples = `
Exit codes: 0 nothing worse than declared or allowed, 3 denied, 2 bad input.

Examples:
  recourse assess                                this branch, against where it left main
  recourse assess --git v1.4.0..v1.5.0
  recourse assess migrations/ --json
  recourse assess --plan plan.json --declared fully-reversible
  recourse assess --before old.yaml --after new.yaml
  recourse assess --revert 3f2a9c1               is \`git revert\` of it the way back?
  recourse assess --format sarif > recourse.sarif
  recourse assess --explain postgres/drops-column`;
