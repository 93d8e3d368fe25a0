import { Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import type { Proposal } from '../../src/model/proposal.ts';
import { copyText } from '../copyText.ts';
import { type Draft, draftOf, holdsTypedSecret, proposalOf, withoutTypedSecrets } from '../draft.ts';
import { Act } from './Act.tsx';
import { ChangeFile } from './ChangeFile.tsx';

interface DraftFileProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}

/** The change file of the draft. It can be edited, unless a secret was typed into the form: that is shown nowhere. */
export function DraftFile({ draft, onChange }: DraftFileProps) {
  const proposal = proposalOf(draft);
  const { data: yaml } = useQuery({ queryKey: ['yaml library'], queryFn: () => import('yaml'), staleTime: Infinity });
  const isShownOnly = holdsTypedSecret(proposal);
  return (
    <div className="card propose-file">
      {isShownOnly || !yaml ? (
        <>
          <ChangeFile steps={withoutTypedSecrets(proposal)} />
          {isShownOnly && (
            <p className="second">A secret was typed, so this file can only be looked at. Edit the form.</p>
          )}
        </>
      ) : (
        <FileEditor yaml={yaml} proposal={proposal} onChange={onChange} />
      )}
    </div>
  );
}

interface FileEditorProps {
  readonly yaml: typeof import('yaml');
  readonly proposal: Proposal;
  readonly onChange: (draft: Draft) => void;
}

function FileEditor({ yaml, proposal, onChange }: FileEditorProps) {
  const [text, setText] = useState(() => yaml.stringify(proposal, { lineWidth: 0 }));
  const [wrong, setWrong] = useState<string>();
  const edit = (next: string) => {
    setText(next);
    const read = readFile(yaml, next);
    setWrong(read.wrong);
    if (read.draft) onChange(read.draft);
  };
  return (
    <>
      <Textarea
        label="Change file"
        description="The same file that recourse propose -f takes."
        error={wrong}
        spellCheck={false}
        autosize={false}
        value={text}
        onChange={(event) => edit(event.currentTarget.value)}
      />
      <div>
        <Act onAct={() => void copyText(text, 'The change file')}>Copy the file</Act>
      </div>
    </>
  );
}

/** What the text says, or where it cannot be read. */
function readFile(yaml: typeof import('yaml'), text: string): { readonly draft?: Draft; readonly wrong?: string } {
  const document = yaml.parseDocument(text, { maxAliasCount: 0 } as never);
  const [error] = document.errors;
  if (error) return { wrong: error.message.split('\n')[0] ?? 'This is not YAML.' };
  const value = document.toJS({ maxAliasCount: 0 }) as Partial<Proposal> | null;
  if (typeof value !== 'object' || value === null)
    return { wrong: 'A change file is a mapping: title, environment, steps.' };
  const { title, environment, steps } = value;
  if (!Array.isArray(steps) || steps.some((step) => typeof step !== 'object' || step === null))
    return { wrong: 'steps is a list, each of one operation and its params.' };
  return {
    draft: draftOf({
      ...value,
      title: typeof title === 'string' ? title : '',
      environment: typeof environment === 'string' ? environment : '',
      steps,
    }),
  };
}
