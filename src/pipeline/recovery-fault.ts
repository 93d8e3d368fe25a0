/** Why a change cannot be taken back now, from the row of the table that decided: resource, reason, what to do next. */
import type { Decision } from '../model/decision.ts';
import { Fault } from '../model/fault.ts';
import type { Json } from '../model/json.ts';
import type { Observation } from '../model/observation.ts';
import { isSame, isSealed } from '../model/same.ts';
import type { Compared } from './comparison.ts';
import type { Surveyed } from './situation.ts';
import type { Standing } from './write.ts';

export function recoveryFault(chain: Standing, decision: Decision, surveyed: Surveyed): Fault {
  const last = decision.path.at(-1);
  const make = (last && byRow[last.row]) ?? outOfOrder;
  return make(chain, decision, surveyed);
}

type Make = (chain: Standing, decision: Decision, surveyed: Surveyed) => Fault;

const drifted: Make = ({ id, state }, _, { compared }) => {
  const moved = compared.filter(({ drift }) => drift === 'conflicting' || drift === 'gone');
  const clean = compared.length - moved.length;
  const partly =
    clean > 0
      ? ` \`recourse recover ${id} --partly\` undoes the other ${clean === 1 ? 'step' : `${clean} steps`}.`
      : '';
  const canReturn = moved.every(({ after, now }) => now && isSame(now.identity, after.identity));
  return new Fault('drifted', moved.map(threeWays).join('\n'), {
    at: moved[0]?.step.plan?.resource ?? state.change.id,
    advice: `Nothing was undone. ${canReturn ? 'Put the resource back as the change left it and recover again, or repair it by hand' : 'It cannot be put back as it was left: propose the way forward, which is prefilled in `recourse show --json`'}; \`recourse compare ${id}\` shows every field.${partly}`,
    details: moved.map(({ step, drift, because, before, after, now }) => ({
      step: step.step.id,
      resource: step.plan?.resource ?? step.step.id,
      drift: drift ?? 'conflicting',
      because,
      before: before as unknown as Json,
      after: after as unknown as Json,
      now: (now ?? null) as unknown as Json,
    })),
  });
};

const byRow: Readonly<Record<string, Make>> = {
  'as-we-left-it': drifted,
  'still-there': drifted,
  reachable: ({ id }, { path }) =>
    new Fault('unreachable', `It cannot be known what is there now: ${path.at(-1)?.because ?? ''}.`, {
      at: id,
      advice: `Nothing was undone. Make it answer (\`recourse connections probe\`), then recover again.`,
    }),
  'outcome-known': ({ id }, { path }) =>
    new Fault('outcome-unknown', path.at(-1)?.because ?? 'the outcome of a step is not known', {
      at: id,
      advice: `Look at the resource, then \`recourse retry ${id} --step …\` or \`recourse resolve ${id} --step … --note …\`.`,
    }),
  'nothing-built-on-it': ({ id }, _, { builtOn }) =>
    new Fault('needs-a-person', `Later changes stand on the same resources: ${builtOn.join(', ')}.`, {
      at: id,
      advice: `Undo them first, newest first: \`recourse recover ${id} --with-later\` does it.`,
      details: { later: [...builtOn] },
    }),
  'way-back-exists': ({ id, state }) => {
    const step = state.steps.find(({ plan }) => plan?.class === state.class);
    return new Fault(
      'irreversible',
      `There is no way back: step ${step?.step.id ?? ''} is ${state.class ?? ''}, because ${step?.plan?.because ?? ''}.`,
      {
        at: step?.plan?.resource ?? id,
        advice: `Instead: ${step?.plan?.instead ?? 'propose the way forward'}. \`recourse show ${id} --json\` holds the way forward, prefilled.`,
      },
    );
  },
  'window-open': ({ id }, { path }) =>
    new Fault('window-closed', `The rollback window is not open: ${path.at(-1)?.because ?? ''}.`, { at: id }),
  'inverse-complete': ({ id }, { path }) =>
    new Fault('irreversible', `Not every step can be undone: ${path.at(-1)?.because ?? ''}.`, { at: id }),
};

const outOfOrder: Make = ({ id, state }, { transition }) =>
  new Fault('out-of-order', `Change ${id} is ${state.status}; the table answers ${transition}.`, { at: id });

/** `local/file:/etc/app.conf: mode was changed after the change (before 0644, after 0600, now 0640)` */
function threeWays({ step, because, before, after, now }: Compared): string {
  const ways = [`before ${short(before)}`, `after ${short(after)}`, `now ${now ? short(now) : 'not there'}`];
  return `${step.plan?.resource ?? step.step.id}: ${because} (${ways.join(', ')})`;
}

function short({ state }: Observation<Json>): string {
  if (typeof state !== 'object' || state === null || Array.isArray(state)) return JSON.stringify(state);
  const values = Object.entries(state as Record<string, Json>);
  return values.length === 1 ? text(values[0]?.[1]) : values.map(([name, value]) => `${name}=${text(value)}`).join(' ');
}

const text = (value: Json | undefined): string =>
  typeof value === 'string'
    ? value
    : isSealed(value)
      ? `•••••• ${value.fingerprint.slice(0, 4)}`
      : JSON.stringify(value);
