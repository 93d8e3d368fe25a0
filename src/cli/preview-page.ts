/** What a proposal would be: its class, every call, and the call that would undo it. */
import type { Preview } from '../model/view.ts';
import { aligned, harmless, painter, type Terminal } from './terminal.ts';
import { classTone, fieldWords, invocationWords } from './words.ts';

export function previewPage(preview: Preview, terminal: Terminal): string {
  const paint = painter(terminal);
  const steps = preview.steps.map((step) => {
    const undo = step.inverse.map((does, i) => [i === 0 ? 'undo' : '', paint('way-back', invocationWords(does))]);
    const facts = [
      ['call', `${step.operation}  ${fieldWords(step.params)}`],
      ...(step.resource ? [['on', harmless(step.resource)]] : []),
      ...(undo.length > 0 || !step.class ? undo : [['undo', paint('bad', 'there is none')]]),
      ...(step.instead ? [['instead', step.instead]] : []),
      ...(step.because ? [['because', `${step.because} (${step.known ?? 'rule'})`]] : []),
    ];
    const found = step.class ? paint(classTone[step.class], step.class) : '';
    return `${step.id}  ${step.title}  ${found}\n${aligned(facts).replaceAll(/^/gm, '   ')}`;
  });
  return [
    `${paint('strong', harmless(preview.title))}  ${paint('quiet', harmless(preview.environment))}  ${paint(classTone[preview.class], preview.class)}`,
    ...steps,
    paint('quiet', 'Nothing was changed or written down.'),
  ].join('\n');
}
