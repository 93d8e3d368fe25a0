/** An assessment as workflow commands of GitHub Actions, which puts them at the lines. Source: GitHub, Workflow commands. */
import type { Finding } from '../model/finding.ts';
import type { Reported } from './assess.ts';

/** GitHub shows ten of a kind in a step. */
export function assessmentAnnotations({ assessment }: Reported): string {
  const found = assessment.artifacts.flatMap(({ path, findings }) => findings.map((one) => ({ path, one })));
  return [
    ...found.map(({ path, one }) => {
      const place = one.at
        ? `file=${property(one.at.path)},line=${one.at.line},col=${one.at.column}`
        : `file=${property(path)}`;
      const words = [one.message, one.instead && `Instead: ${one.instead}`].filter(Boolean).join('\n');
      return `::${levelOf(one)} ${place},title=${property(`${one.class ?? 'note'} (${one.rule})`)}::${data(words)}`;
    }),
    ...assessment.denied.map((because) => `::error title=Recourse denies this change::${data(because)}`),
  ].join('\n');
}

const levelOf = ({ class: found }: Finding): string =>
  found === undefined || found === 'fully-reversible' || found === 'reversible-with-compatibility-window'
    ? 'notice'
    : found === 'non-recoverable-without-restore'
      ? 'error'
      : 'warning';

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
