/** An assessment as SARIF 2.1.0, which code hosts show at the lines. Source: OASIS, Static Analysis Results Interchange Format. */
import type { Finding } from '../model/finding.ts';
import { type ReversibilityClass } from '../model/reversibility.ts';
import type { SurfaceRegistry } from '../model/surface.ts';
import type { Reported } from './assess.ts';

export function assessmentSarif({ assessment, version }: Reported, surfaces: SurfaceRegistry): string {
  const found = assessment.artifacts.flatMap(({ path, findings }) => findings.map((finding) => ({ path, finding })));
  const ids = [...new Set(found.map(({ finding }) => finding.rule))].toSorted();
  const known = new Map(
    Object.values(surfaces).flatMap(({ rules }) => rules.map((rule) => [rule.id as string, rule] as const)),
  );
  const run = {
    tool: {
      driver: {
        name: 'Recourse',
        version,
        rules: ids.map((id) => {
          const rule = known.get(id);
          return {
            id,
            ...(rule && {
              shortDescription: { text: rule.problem },
              help: { text: `${rule.instead}\n\nSource: ${rule.source}` },
            }),
          };
        }),
      },
    },
    columnKind: 'utf16CodeUnits',
    results: found.map(({ path, finding }) => ({
      ruleId: finding.rule,
      ruleIndex: ids.indexOf(finding.rule),
      level: levelOf(finding.class),
      message: { text: wordsOf(finding) },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: encodeURI(finding.at?.path ?? path) },
            ...(finding.at && { region: { startLine: finding.at.line, startColumn: finding.at.column } }),
          },
        },
      ],
      properties: {
        known: finding.known,
        ...(finding.class && { class: finding.class, classAfterWrites: finding.classAfterWrites ?? finding.class }),
      },
    })),
  };
  const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
  return JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, undefined, 2);
}

const wordsOf = ({ message, instead, inverse }: Finding): string =>
  [message, instead && `Instead: ${instead}`, inverse && `Undo: ${inverse}`].filter(Boolean).join('\n');

const levels = {
  'fully-reversible': 'note',
  'reversible-with-compatibility-window': 'note',
  'reversible-with-manual-repair': 'warning',
  'forward-only': 'warning',
  compensatable: 'warning',
  'non-recoverable-without-restore': 'error',
} as const satisfies Record<ReversibilityClass, string>;

const levelOf = (found: ReversibilityClass | undefined): string => (found ? levels[found] : 'note');
