import { Fault } from '../model/fault.ts';
/**
 * An exit code is not evidence: at the end every resource is read once more, its operation judges what was read back,
 * and where it can try the result for real it does. For a recovery this is also the end of what it recovers.
 */
import type { Finding } from '../model/finding.ts';
import type { StepState } from '../model/state.ts';
import { callOf, observe } from './call.ts';
import { endRecovery } from './end-recovery.ts';
import type { Run } from './under-way.ts';

export async function verify(run: Run): Promise<void> {
  const { steps } = run.chain.state;
  const last = steps.filter(
    (step, i) =>
      step.status === 'applied' &&
      'does' in step.step &&
      !steps.slice(i + 1).some((later) => later.status === 'applied' && later.plan?.resource === step.plan?.resource),
  );
  const findings: Finding[] = [];
  for (const step of last) findings.push(...(await findingsOn(run, step)));
  run.chain = await endRecovery(
    run.deps,
    'recourse',
    run.chain.id,
    ({ state }) =>
      state.status === 'verifying' || state.verification?.findings.length ? [{ v: 1, fact: 'verified', findings }] : [],
    { owner: run.owner },
  );
  run.deps.stopAfter('verify');
}

async function findingsOn(run: Run, step: StepState): Promise<readonly Finding[]> {
  const { before, result } = step;
  if (!before) return [];
  try {
    const call = await callOf(run, step);
    const after = await observe(call, run.signal);
    const applied = { params: call.params, before, after, result: result ?? {} };
    const readBack = call.operation.verify(applied);
    const tried = (await call.operation.probe?.(applied, call.reach(run.signal))) ?? [];
    return [...readBack, ...tried];
  } catch (error) {
    const fault = Fault.from(error);
    if (fault.code === 'interrupted') throw fault;
    const resource = step.plan?.resource ?? step.step.id;
    return [
      {
        rule: 'change/not-read-back',
        message: `${resource} could not be read back: ${fault.message}`,
        known: 'observed',
      },
    ];
  }
}
