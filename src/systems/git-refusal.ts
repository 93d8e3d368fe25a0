import { Fault } from '../model/fault.ts';
import type { FaultCode } from '../model/fault.ts';
import { gitFault, remoteWords } from './git-fault.ts';
import type { GitErrand } from './git-fault.ts';
import type { GitAnswer } from './git-process.ts';

/** How a remote says that the branch is not where we said it was. */
const raced = /stale info|fetch first|non-fast-forward|cannot lock ref|failed to update ref|incorrect old value/;
/** How it says that it would if it could. */
const unable = /unpacker error|[Ii]nternal server error/;

/**
 * What a push that did not end well means. `raced`: the branch was not where we said, so it can be tried anew.
 *
 * Faults: `permission-denied` with the remote's own words; `unreachable` when it could not take it; `outcome-unknown`
 * when it may have; those of `gitFault` when nothing was sent.
 */
export function gitRefusal(answer: GitAnswer, errand: GitErrand): 'raced' | Fault {
  const [, kind = '', reason = ''] = /^!\t\S+\t\[([^\]]*)\] ?\(?(.*?)\)?$/m.exec(answer.stdout.toString()) ?? [];
  const words = [reason, remoteWords(answer.stderr)].filter((text) => text !== '').join(': ');
  const fault = (code: FaultCode, message: string, advice?: string): Fault =>
    new Fault(code, message, {
      at: errand.resource,
      ...(advice !== undefined && { advice }),
      details: { ...errand, says: words },
    });
  if (kind === 'rejected' || kind === 'remote rejected') {
    if (raced.test(reason)) return 'raced';
    if (unable.test(reason)) return fault('unreachable', `${errand.resource} could not take our push: ${words}`);
    return fault(
      'permission-denied',
      `${errand.principal} cannot ${errand.action} ${errand.resource}: ${words}`,
      'Permit the push or ask somebody who may, then retry the step.',
    );
  }
  const other = gitFault(answer, errand);
  const wasSent = kind !== '' || (other.code === 'unreachable' && !answer.stderr.includes('unable to access'));
  return wasSent
    ? fault('outcome-unknown', `the answer of ${errand.resource} to our push was lost: ${words || other.message}`)
    : other;
}
