/** The page of a change on a terminal: where it stands, its steps, its way back, what was decided and noted. */
import type { ChangeView, StepView } from '../model/view.ts';
import { aligned, harmless, painter, type Terminal } from './terminal.ts';
import {
  answerMark,
  answerTone,
  classTone,
  fieldWords,
  invocationWords,
  statusTone,
  stepMark,
  stepTone,
  transitionWords,
  valueWords,
} from './words.ts';

export function changePage(view: ChangeView, terminal: Terminal): string {
  const paint = painter(terminal);
  const alone = view.approvals.some((approval) => approval.alone);
  const open = view.recoveries.find(({ outcome }) => outcome === undefined);
  const status = [
    paint(statusTone[view.status], view.status),
    ...(view.interrupted ? [paint('person', 'interrupted')] : []),
    ...(open ? [`by ${open.change}, which is ${paint(statusTone[open.status], open.status)}`] : []),
  ].join(', ');
  const approved = view.approvals.map(({ by, alone: isAlone }) => (isAlone ? `${by}, alone` : by)).join(' and ');
  const facts = [
    ['change', view.id],
    ['status', status],
    ...(view.class ? [['class', paint(classTone[view.class], view.class)]] : []),
    ...(view.window ? [['window', valueWords(view.window)]] : []),
    ['environment', harmless(view.environment)],
    ['proposed', `${view.proposedAt} by ${view.proposedBy}`],
    ...(approved ? [['approved', alone ? paint('person', approved) : approved]] : []),
    ...(view.approvedWith ? [['approved', `with ${view.approvedWith}`]] : []),
    ...(view.refused ? [['refused', `by ${view.refused.by}: ${harmless(view.refused.reasons.join('; '))}`]] : []),
    ...(view.recovers ? [['recovers', `${view.recovers.change} by ${view.recovers.by}`]] : []),
    ...(view.leases.length > 0 ? [['holds', harmless(view.leases.join(', '))]] : []),
    ...(view.owed.length > 0 ? [['owed', paint('person', harmless(view.owed.join('; ')))]] : []),
  ];
  return [
    paint('strong', harmless(view.title)),
    aligned(facts),
    '',
    view.steps.map((step) => stepLines(step, paint)).join('\n'),
    ...verificationLines(view, paint),
    '',
    ...wayBackLines(view, paint),
    ...decisionLines(view, paint),
    ...view.notes.map(({ at, by, text }) => `${paint('quiet', `${at} ${by}`)}  ${harmless(text)}`),
  ].join('\n');
}

type Paint = ReturnType<typeof painter>;

function stepLines(step: StepView, paint: Paint): string {
  const head = `${paint(stepTone[step.status], stepMark[step.status])} ${step.id}  ${step.operation}  ${fieldWords(step.params)}`;
  const more = [
    ...(step.resource ? [['on', harmless(step.resource)]] : []),
    ...(step.before && step.after
      ? [
          ['was', fieldWords(step.before.state)],
          ['is', fieldWords(step.after.state)],
        ]
      : step.before
        ? [['was', fieldWords(step.before.state)]]
        : []),
    ...(step.failed
      ? [
          ['failed', paint('bad', `${step.failed.fault.code}: ${harmless(step.failed.fault.message)}`)],
          ['', harmless(step.failed.fault.advice)],
        ]
      : []),
    ...(step.waits ? [['waits', `${harmless(step.waits.seen)}; asked again at ${step.waits.askAgainAt}`]] : []),
    ...(step.skipped ? [['skipped', `by ${step.skipped.by}: ${harmless(step.skipped.because)}`]] : []),
    ...(step.resolved
      ? [['by hand', `${step.resolved.by}${step.resolved.alone ? ', alone' : ''}: ${harmless(step.resolved.note)}`]]
      : []),
    ...step.findings.map(({ message }) => ['found', paint('bad', harmless(message))]),
  ];
  return more.length > 0 ? `${head}\n${indented(aligned(more))}` : head;
}

const verificationLines = ({ verification }: ChangeView, paint: Paint): readonly string[] =>
  verification
    ? verification.findings.length === 0
      ? [paint('good', `verified ${verification.at}: everything was read back`)]
      : verification.findings.map(({ message }) => paint('bad', `verification: ${harmless(message)}`))
    : [];

function wayBackLines({ wayBack, wayForward }: ChangeView, paint: Paint): readonly string[] {
  if (!wayBack.open)
    return [
      `${paint('strong', 'No way back.')} ${harmless(wayBack.because)}`,
      ...(wayForward ? [paint('quiet', 'A way forward is prefilled: wayForward in `recourse show --json`.')] : []),
    ];
  return [
    `${paint('strong', 'The way back')} ${paint('quiet', wayBack.approvedWithChange ? '(approved with the change)' : '(needs an approval)')}`,
    ...wayBack.steps.map(({ undoes, does }) => `  ${undoes}  ${invocationWords(does)}`),
  ];
}

function decisionLines(view: Pick<ChangeView, 'decisions'>, paint: Paint): readonly string[] {
  const last = view.decisions.at(-1);
  return last ? ['', ...pathLines(last.decision, paint)] : [];
}

/** The rows that were read, and what they came to. */
export const pathLines = (
  { transition, path }: ChangeView['decisions'][number]['decision'],
  paint: Paint,
): readonly string[] => [
  ...path.map(
    ({ asks, answer, because }) =>
      `${paint(answerTone[answer], answerMark[answer])} ${asks} ${paint('quiet', harmless(because))}`,
  ),
  `So: ${paint('strong', transition)}: ${transitionWords[transition]}.`,
];

const indented = (lines: string): string => lines.replaceAll(/^/gm, '     ');
