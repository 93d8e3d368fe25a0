import { Fault } from '../model/fault.ts';
import type { Rule, Surface, SurfaceRegistry } from '../model/surface.ts';
import type { Answer } from './act.ts';
import { painter, type Terminal } from './terminal.ts';

type AnyRule = Rule<never>;

/** What a rule is about. Faults: `not-found` with the names that are near. */
export function rulePage(surfaces: SurfaceRegistry, id: string, terminal: Terminal): Answer {
  const all = Object.values(surfaces).flatMap((surface) => surface.rules.map((rule) => ({ surface, rule })));
  const found = all.find(({ rule }) => rule.id === id);
  if (found) return { json: shown(found.surface, found.rule), words: page(found.surface, found.rule, terminal) };
  const near = all.map(({ rule }) => rule.id).filter((one) => one.startsWith(`${id.split('/')[0] ?? ''}/`));
  throw new Fault('not-found', `There is no rule ${id}.`, {
    at: id,
    advice:
      near.length > 0
        ? `Of that surface there are ${near.join(', ')}.`
        : `The surfaces are ${Object.keys(surfaces).join(', ')}; docs/reference/rules lists all rules.`,
  });
}

const shown = ({ name, wayBack, mainRisk }: Surface<never>, { id, problem, instead, source, examples }: AnyRule) => ({
  rule: id,
  surface: { name, wayBack, mainRisk },
  problem,
  instead,
  source,
  examples,
});

function page({ name, summary, wayBack, mainRisk }: Surface<never>, rule: AnyRule, terminal: Terminal): string {
  const paint = painter(terminal);
  const example = (one: AnyRule['examples']['matches'][number]): string =>
    (typeof one === 'string'
      ? one
      : [one.before && `before:\n${one.before}`, one.after && `after:\n${one.after}`].filter(Boolean).join('\n')
    )
      .trimEnd()
      .replaceAll(/^/gm, '    ');
  return [
    paint('strong', rule.id),
    rule.problem,
    `${paint('quiet', 'instead ')} ${rule.instead}`,
    `${paint('quiet', 'source  ')} ${rule.source}`,
    `${paint('quiet', 'surface ')} ${name}: ${summary}`,
    `${paint('quiet', 'way back')} ${wayBack}`,
    `${paint('quiet', 'risk    ')} ${mainRisk}`,
    '',
    paint('quiet', 'found in'),
    example(rule.examples.matches[0]),
    '',
    paint('quiet', 'not in'),
    example(rule.examples.passes[0]),
  ].join('\n');
}
