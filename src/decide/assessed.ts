/**
 * What the findings of an artifact come to: its class, its class once the new version has written, and for several
 * artifacts the worst of them and the one after which there is only forward.
 */
import type { Reading } from '../model/artifact.ts';
import type { AssessedArtifact, Assessment } from '../model/assessment.ts';
import type { Finding } from '../model/finding.ts';
import { Known, type ReversibilityClass } from '../model/reversibility.ts';
import { rankOf, worstClass } from './plan.ts';

/** @param readings of one path, by every surface that reads it */
export function assessedArtifact(
  path: string,
  readings: readonly {
    readonly surface: string;
    readonly reading: Reading<unknown>;
    readonly findings: readonly Finding[];
  }[],
): AssessedArtifact {
  const findings = readings.flatMap((one) => one.findings).toSorted(byWeight);
  const [first] = findings;
  const surface = readings.find((one) => first && one.findings.includes(first))?.surface ?? readings[0]?.surface ?? '';
  const returns = readings.flatMap(({ reading }) =>
    'returns' in reading && reading.returns ? [reading.returns] : [],
  )[0];
  return {
    path,
    surface,
    ...classesOf(findings),
    known: weakest(findings, returns ? 'plan' : 'rule'),
    ...(returns && { returns }),
    findings,
  };
}

export const classesOf = (
  findings: readonly Finding[],
): { class: ReversibilityClass; classAfterWrites: ReversibilityClass } => ({
  class: worstClass(findings.map((one) => classOf(one) ?? 'fully-reversible')),
  classAfterWrites: worstClass(
    findings.map((one) => (classOf(one) && (one.classAfterWrites ?? one.class)) ?? 'fully-reversible'),
  ),
});

/** What a finding decides. */
const classOf = ({ class: found, allowed }: Finding): ReversibilityClass | undefined => (allowed ? undefined : found);

/** The findings that decide the class are known at least so well. */
function weakest(findings: readonly Finding[], otherwise: Known): Known {
  const known = findings.filter((one) => one.class !== undefined).map((one) => Known.options.indexOf(one.known));
  return Known.options[Math.min(...known)] ?? otherwise;
}

const byWeight = (a: Finding, b: Finding): number =>
  weight(b) - weight(a) || (a.at?.line ?? 0) - (b.at?.line ?? 0) || (a.at?.column ?? 0) - (b.at?.column ?? 0);
const weight = (one: Finding): number =>
  one.class === undefined ? -1 : rankOf(one.class) * 10 + rankOf(one.classAfterWrites ?? one.class);

/** From this class on nothing brings the previous state back. */
const isBehindTheDoor = (of: ReversibilityClass): boolean => rankOf(of) >= rankOf('forward-only');

/** @param artifacts in the order in which they are applied */
export function assessmentOf(artifacts: readonly AssessedArtifact[], notRead: readonly string[]): Assessment {
  const found = worstClass(artifacts.map((one) => one.class));
  const pointOfNoReturn = doorIn(artifacts);
  return {
    class: found,
    classAfterWrites: worstClass(artifacts.map((one) => one.classAfterWrites)),
    pointOfNoReturn,
    denied: denials({ class: found, pointOfNoReturn }),
    artifacts,
    notRead,
  };
}

function doorIn(artifacts: readonly AssessedArtifact[]): Assessment['pointOfNoReturn'] {
  const door = artifacts.find((one) => isBehindTheDoor(one.class));
  if (!door) return null;
  const why = door.findings.find((one) => one.class === door.class);
  return { artifact: door.path, because: why?.message ?? door.class };
}

/**
 * Without a declaration only what needs a restore is denied; with one, whatever is worse than declared.
 *
 * @param promised the class that the author declares
 */
export function denials(
  { class: found, pointOfNoReturn: door }: Pick<Assessment, 'class' | 'pointOfNoReturn'>,
  promised?: ReversibilityClass,
): readonly string[] {
  const because = door ? `: ${door.artifact}: ${door.because}` : '';
  if (promised !== undefined)
    return rankOf(found) > rankOf(promised)
      ? [`it is declared ${promised}, and was found to be ${found}${because}`]
      : [];
  return found === 'non-recoverable-without-restore'
    ? [`nothing but a restore brings the previous state back${because}`]
    : [];
}
