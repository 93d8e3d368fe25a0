/** Each fact in one line: what happened, as the chain of evidence shows it. */
import type { Fact, FactName, FactOf } from '../src/model/fact.ts';
import { count, shortHash, shortId } from './names.ts';
import { classes, drifts, transitions } from './words.ts';

type Lines = { readonly [Name in FactName]: (fact: FactOf<Name>) => string };

const step = ({ step: id }: { readonly step: string }) => `step ${id}`;
const alone = ({ alone: isAlone }: { readonly alone?: true }) => (isAlone ? ', alone' : '');

const lines: Lines = {
  proposed: ({ change }) => `${count(change.steps.length, 'step')}: ${change.title}`,
  revised: ({ change }) => `${count(change.steps.length, 'step')}: ${change.title}`,
  analysed: (fact) => `plan ${shortHash(fact.plan)}, ${classes[fact.class].word.toLowerCase()}`,
  rehearsed: ({ outcome }) => outcome.replaceAll('-', ' '),
  admitted: ({ approvedWith }) =>
    approvedWith ? `approved with the plan of ${shortId(approvedWith)}` : 'the gate has nothing against it',
  denied: ({ reasons }) => reasons.join('; '),
  approved: (fact) => `plan ${shortHash(fact.plan)}${alone(fact)}`,
  rejected: (fact) => fact.note ?? `plan ${shortHash(fact.plan)}`,
  scheduled: ({ at }) => `for ${at}`,
  started: (fact) => `${step(fact)}, ${fact.attempt > 1 ? `attempt ${fact.attempt}, ` : ''}what was there is recorded`,
  waiting: (fact) => `${step(fact)}, ${fact.seen}`,
  came: (fact) => `${step(fact)}, ${fact.seen}`,
  applied: (fact) => `${step(fact)}, read back`,
  failed: (fact) => `${step(fact)}: ${fact.fault.message}`,
  settled: (fact) => `${step(fact)}, the world says: ${fact.as}`,
  retried: step,
  skipped: (fact) => `${step(fact)}: ${fact.because}`,
  resolved: (fact) => `${step(fact)} by hand${alone(fact)}: ${fact.note}`,
  verified: ({ findings }) =>
    findings.length === 0 ? 'everything read back as wanted' : count(findings.length, 'finding'),
  confirmed: () => 'access is still there',
  'cancel-asked': ({ because }) => because,
  cancelled: () => 'nothing more runs',
  checked: ({ check, answer, seen }) => `${check}: ${answer}, ${seen}`,
  compared: ({ steps }) =>
    steps.map((one) => `step ${one.step} ${drifts[one.drift].word.toLowerCase()}`).join(', ') || 'nothing to compare',
  decided: ({ decision }) =>
    `${transitions[decision.transition].word.toLowerCase()}, after ${count(decision.path.length, 'question')}`,
  'recovery-opened': ({ by, transition }) => `${transition} ${shortId(by)}`,
  'recovery-ended': ({ by, outcome }) => `${shortId(by)}: ${outcome.replaceAll('-', ' ')}`,
  paused: ({ loop }) => loop,
  resumed: ({ loop }) => loop,
  'taken-over': ({ resource, from, because }) => `${resource} from ${shortId(from)}: ${because}`,
  'broke-glass': ({ reason }) => reason,
  delivered: ({ to }) => `a secret to ${to}`,
  noted: ({ text }) => text,
  finished: ({ by }) => `by ${shortId(by)}`,
  owed: ({ what }) => what,
  'no-longer-owed': ({ what }) => what,
  reconciled: () => 'the layers of state agree',
  closed: () => 'nothing is owed',
};

/** The fact decides which line is made of it. */
export const factLine = (fact: Fact): string => (lines[fact.fact] as (fact: Fact) => string)(fact);
