import { SegmentedControl, TextInput } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type KeyboardEvent, useState } from 'react';

import type { ConnectionView, OperationView } from '../../src/model/view.ts';
import { announce } from '../announcement.ts';
import { api } from '../api.ts';
import { type Draft, type DraftStep, emptyStep, proposalOf } from '../draft.ts';
import { shortId } from '../names.ts';
import { newKey } from '../newKey.ts';
import { Refused } from '../Refused.ts';
import { stepErrors } from '../stepErrors.ts';
import { useMayNot } from '../useMayNot.ts';
import { useSettled } from '../useSettled.ts';
import { Act } from './Act.tsx';
import { Crumbs } from './Crumbs.tsx';
import { DraftFile } from './DraftFile.tsx';
import { FaultNote } from './FaultNote.tsx';
import { PreviewPanel } from './PreviewPanel.tsx';
import { StepForm } from './StepForm.tsx';

interface ProposeFormProps {
  readonly start: Draft;
  readonly operations: readonly OperationView[];
  readonly connections: readonly ConnectionView[];
}
const settleMs = 350;

/** A change is written as a form or as its file, and shows its way back while it is being written. */
export function ProposeForm({ start, operations, connections }: ProposeFormProps) {
  const [draft, setDraft] = useState(start);
  const [view, setView] = useState<'form' | 'file'>('form');
  const navigate = useNavigate();
  const mayNot = useMayNot('propose');
  const proposal = proposalOf(draft);
  const text = JSON.stringify(proposal);
  const request = useRequestKey(text);
  const missing = whatIsMissing(draft, operations);
  const complete = useSettled(missing === undefined ? text : '', settleMs);
  const preview = useQuery({
    queryKey: ['preview', complete],
    queryFn: ({ signal }) => api.preview(JSON.parse(complete) as typeof proposal, signal),
    enabled: complete !== '',
    retry: false,
    gcTime: 0, // it may hold a secret that was typed
    placeholderData: (before) => before,
  });
  const propose = useMutation({
    mutationFn: () => api.propose(proposal, request),
    onSuccess: ({ id }) => {
      announce(`Proposed as ${shortId(id)}.`);
      void navigate({ to: '/changes/$id', params: { id } });
    },
  });
  const send = () => {
    if (!propose.isPending && mayNot === undefined) propose.mutate();
  };
  const replace = (step: DraftStep) =>
    setDraft((now) => ({ ...now, steps: now.steps.map((one) => (one.key === step.key ? step : one)) }));
  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        send();
      }}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
      }}
    >
      <header>
        <Crumbs>
          <span>New</span>
        </Crumbs>
        <div className="page-head">
          <h1 tabIndex={-1}>Propose a change</h1>
          <span className="page-act">
            <SegmentedControl
              aria-label="How it is written"
              value={view}
              onChange={(next) => setView(next)}
              data={[
                { value: 'form', label: 'Form' },
                { value: 'file', label: 'YAML' },
              ]}
            />
          </span>
        </div>
      </header>
      <div className="propose">
        <div className="propose-main">
          {view === 'file' ? (
            <DraftFile draft={draft} onChange={setDraft} />
          ) : (
            <>
              <div className="card propose-names">
                <TextInput
                  label="Title"
                  placeholder="What it does, in a few words"
                  maxLength={200}
                  value={draft.title}
                  onChange={(event) => setDraft({ ...draft, title: event.currentTarget.value })}
                />
                <TextInput
                  label="Environment"
                  placeholder="production"
                  maxLength={60}
                  value={draft.environment}
                  onChange={(event) => setDraft({ ...draft, environment: event.currentTarget.value })}
                />
              </div>
              {draft.steps.map((step, i) => (
                <StepForm
                  key={step.key}
                  step={step}
                  n={i + 1}
                  operations={operations}
                  connections={connections}
                  onChange={replace}
                  onRemove={() => setDraft({ ...draft, steps: draft.steps.filter(({ key }) => key !== step.key) })}
                />
              ))}
              <div>
                <Act
                  icon={<IconPlus size={16} aria-hidden="true" />}
                  onAct={() => setDraft({ ...draft, steps: [...draft.steps, emptyStep('')] })}
                >
                  {draft.steps.length === 0 ? 'Add the first step' : 'Add a step'}
                </Act>
              </div>
            </>
          )}
          {propose.error && <FaultNote fault={Refused.from(propose.error).fault} />}
          <div className="propose-foot">
            <span className="second" id="may-not-propose">
              {mayNot ?? missing ?? 'Nothing changes in production yet: it has to be approved first.'}
            </span>
            <Act
              look="filled"
              submits
              keys="Ctrl Enter"
              isAsked={propose.isPending}
              unavailable={mayNot === undefined && missing === undefined ? undefined : 'may-not-propose'}
            >
              Propose change
            </Act>
          </div>
        </div>
        <PreviewPanel
          preview={preview.data}
          fault={preview.error ? Refused.from(preview.error).fault : undefined}
          missing={missing}
        />
      </div>
    </form>
  );
}

/** Sent twice, the same proposal is one change; an edited one is another. */
function useRequestKey(text: string): string {
  const [known, setKnown] = useState(() => ({ text, key: newKey() }));
  if (known.text === text) return known.key;
  const next = { text, key: newKey() };
  setKnown(next);
  return next.key;
}

/** What is still needed before the server can be asked; details are the server's to say. */
function whatIsMissing({ title, environment, steps }: Draft, operations: readonly OperationView[]): string | undefined {
  const names = [
    !title.trim() && 'a title',
    !environment.trim() && 'an environment',
    (steps.length === 0 || steps.some(({ operation }) => operation === '')) && 'an operation for every step',
  ].filter((one) => one !== false);
  if (names.length > 0) return `It still needs ${new Intl.ListFormat('en').format(names)}.`;
  return steps
    .map((step, i) =>
      stepErrors(
        step,
        i + 1,
        operations.find(({ name }) => name === step.operation),
      ),
    )
    .find((error) => error !== undefined);
}
