import { Select } from '@mantine/core';
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import { useState } from 'react';

import type { ConnectionView, OperationView } from '../../src/model/view.ts';
import type { DraftStep } from '../draft.ts';
import { Act } from './Act.tsx';
import { ChangeFile } from './ChangeFile.tsx';
import { ParamsForm } from './ParamsForm.tsx';

interface StepFormProps {
  readonly step: DraftStep;
  readonly n: number;
  readonly operations: readonly OperationView[];
  readonly connections: readonly ConnectionView[];
  readonly onChange: (step: DraftStep) => void;
  readonly onRemove: () => void;
}

/** One step of a proposal: which operation, on which connection, and its params as the operation itself describes them. */
export function StepForm({ step, n, operations, connections, onChange, onRemove }: StepFormProps) {
  const [isChoosing, setChoosing] = useState(step.operation === '');
  const operation = operations.find(({ name }) => name === step.operation);
  const choose = (name: string | null) => {
    setChoosing(name === null);
    if (name !== null && name !== step.operation) onChange({ ...step, operation: name, params: {}, on: undefined });
  };
  return (
    <section className="card step-form" aria-label={`Step ${n}`}>
      <header className="step-head">
        <span className="step-id">{n}</span>
        <span className="step-names">
          <span className="step-title">{operation?.title ?? (step.operation || 'Which operation?')}</span>
          {operation && <span className="step-what mono">{operation.name}</span>}
        </span>
        <span className="step-aside">
          {operation && (
            <Act look="quiet" size="row" isOpen={isChoosing} onAct={() => setChoosing(!isChoosing)}>
              Other operation
            </Act>
          )}
          <Act look="quiet" size="row" icon={<IconTrash size={15} aria-hidden="true" />} onAct={onRemove}>
            Remove step {n}
          </Act>
        </span>
      </header>
      <div className="step-form-body">
        {isChoosing && (
          <Select
            label="Operation"
            placeholder="Type to find one"
            searchable
            value={operation?.name ?? null}
            onChange={choose}
            data={grouped(operations)}
            nothingFoundMessage="No operation has this name."
          />
        )}
        {operation && (
          <>
            <ConnectionChoice step={step} system={operation.system} connections={connections} onChange={onChange} />
            <ParamsForm
              key={operation.name}
              operation={operation}
              params={step.params}
              idPrefix={`step-${n}`}
              onChange={(params) => onChange({ ...step, params })}
            />
          </>
        )}
        {!operation && step.operation !== '' && (
          <>
            <p className="second">This step has no form. It is edited in the change file.</p>
            <ChangeFile steps={{ [step.operation]: step.params }} />
          </>
        )}
      </div>
    </section>
  );
}

function ConnectionChoice({
  step,
  system,
  connections,
  onChange,
}: Pick<StepFormProps, 'step' | 'connections' | 'onChange'> & { readonly system: string }) {
  const names = connections.filter((connection) => connection.system === system).map(({ id }) => id as string);
  const [only] = names;
  return (
    <Select
      label="Connection"
      className="connection"
      placeholder={names.length === 0 ? `No ${system} connection yet` : 'Which one?'}
      description={names.length === 0 ? `Add one with recourse connections add NAME --system ${system}` : undefined}
      value={step.on ?? (names.length === 1 && only ? only : null)}
      data={names}
      allowDeselect={false}
      onChange={(value) => onChange({ ...step, on: value ?? undefined })}
    />
  );
}

function grouped(operations: readonly OperationView[]) {
  return [...Map.groupBy(operations, ({ system }) => system)].map(([group, items]) => ({
    group,
    items: items.map(({ name, title }) => ({ value: name, label: `${title}, ${name}` })),
  }));
}
