/**
 * An allowance is a comment beside what a rule finds: `recourse-allow: postgres/drops-column until 2027-01-31 because
 * the table was never filled`. The finding stays and says so, and decides nothing. It needs a reason and a day on which
 * it ends; one that has ended, or has no reason, is itself a finding and allows nothing.
 */
import type { SourceFile } from '../model/artifact.ts';
import type { Finding } from '../model/finding.ts';
import type { Instant } from '../model/ids.ts';

interface Allowance {
  readonly rule: string;
  readonly line: number;
  readonly column: number;
  readonly until: string | undefined;
  readonly because: string | undefined;
}

const written =
  /recourse-allow:\s*(?<rule>[a-z0-9-]+\/[a-z0-9-]+)(?:\s+until\s+(?<until>\d{4}-\d{2}-\d{2}))?(?:\s+because\s+(?<because>.*?))?\s*(?:\*\/|-->)?\s*$/;

/** The findings of one file, those that are allowed marked, and what is wrong with its allowances. */
export function withAllowances(
  { path, after, before }: SourceFile,
  findings: readonly Finding[],
  now: Instant,
): readonly Finding[] {
  const text = after ?? before ?? '';
  if (!text.includes('recourse-allow:')) return findings;
  const allowances = allowancesIn(text);
  const today = now.slice(0, 10);
  const valid = allowances.filter(({ until, because }) => until !== undefined && until >= today && because);
  return [
    ...findings.map((finding) => {
      const by = valid.find((one) => covers(one, finding, text));
      return by ? { ...finding, allowed: { until: by.until ?? '', because: by.because ?? '' } } : finding;
    }),
    ...allowances.filter((one) => !valid.includes(one)).map((one) => refused(path, one)),
  ];
}

function allowancesIn(text: string): readonly Allowance[] {
  return text.split('\n').flatMap((line, i): readonly Allowance[] => {
    const found = line.length > 1000 ? undefined : written.exec(line)?.groups;
    if (!found) return [];
    const { rule = '', until, because } = found;
    return [{ rule, until, because, line: i + 1, column: line.indexOf('recourse-allow:') + 1 }];
  });
}

/** It stands on the finding's line, or in the comment right above it. */
function covers({ rule, line }: Allowance, finding: Finding, text: string): boolean {
  if (finding.rule !== rule || !finding.at) return false;
  if (line === finding.at.line) return true;
  const between = text.split('\n').slice(line, finding.at.line - 1);
  return line < finding.at.line && between.every((one) => /^\s*(--|#|\/\/|\/?\*|<!--|$)/.test(one));
}

const refused = (path: string, { rule, line, column, until, because }: Allowance): Finding => ({
  rule: 'assess/allowance',
  message: !because
    ? `The allowance of ${rule} gives no reason, and allows nothing.`
    : until === undefined
      ? `The allowance of ${rule} has no day on which it ends, and allows nothing.`
      : `The allowance of ${rule} ended on ${until}.`,
  instead: `Write \`recourse-allow: ${rule} until YYYY-MM-DD because …\`, or do what the rule says.`,
  at: { path, line, column },
  known: 'rule',
});
