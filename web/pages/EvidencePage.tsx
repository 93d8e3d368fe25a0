import IconFileUpload from '@tabler/icons-react/dist/esm/icons/IconFileUpload.mjs';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type DragEvent, useRef, useState } from 'react';

import type { Evidence } from '../../src/model/fact.ts';
import { announce } from '../announcement.ts';
import { shortId } from '../names.ts';
import { Act } from '../parts/Act.tsx';
import { Card } from '../parts/Card.tsx';
import { FactChain } from '../parts/FactChain.tsx';
import { FaultNote } from '../parts/FaultNote.tsx';
import { Said } from '../parts/Said.tsx';
import { VerdictPairs } from '../parts/VerdictPairs.tsx';
import { Refused } from '../Refused.ts';
import { verdictWord } from '../verdictWord.ts';
import { verifyEvidence } from '../verifyEvidence.ts';

/** An evidence file, verified here. It is not sent anywhere. */
export function EvidencePage() {
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const check = useMutation({
    mutationFn: async (file: File) => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      return { name: file.name, verdict: await verifyEvidence(bytes), facts: readableFacts(bytes) };
    },
    onSuccess: ({ verdict }) => announce(verdict.isValid ? 'The evidence holds.' : verdict.says),
  });
  const take = (files: FileList | null) => {
    const [file] = files ?? [];
    if (file) check.mutate(file);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <>
      <header className="page-head">
        <h1 tabIndex={-1}>Evidence</h1>
        <p className="page-note">A file of evidence is verified here, in this browser. It is not sent anywhere.</p>
      </header>
      <div
        className="drop"
        data-over={isOver || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <IconFileUpload size={28} stroke={1.5} aria-hidden="true" />
        <p>Drop an evidence file here, or</p>
        <input
          ref={input}
          type="file"
          className="hidden"
          aria-label="Evidence file"
          accept=".jsonl,.json,application/jsonl"
          tabIndex={-1}
          onChange={(event) => {
            take(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
        <Act look="filled" isAsked={check.isPending} onAct={() => input.current?.click()}>
          Choose a file to verify
        </Act>
        <p className="meta small">
          It is what <code className="mono">recourse evidence export</code> writes, or what a change page saves.
        </p>
      </div>
      {check.error && <FaultNote fault={Refused.from(check.error).fault} />}
      {check.data && (
        <Card
          id="verdict"
          title={check.data.name}
          note={
            check.data.verdict.isValid && (
              <>
                change{' '}
                <Link to="/changes/$id" params={{ id: check.data.verdict.change }} className="mono">
                  {shortId(check.data.verdict.change)}
                </Link>
              </>
            )
          }
          aside={<Said word={verdictWord(check.data.verdict)} />}
          isFlush
        >
          <div className="card-pad">
            <VerdictPairs verdict={check.data.verdict} />
          </div>
          <FactChain
            facts={check.data.facts}
            brokenAt={check.data.verdict.isValid ? undefined : check.data.verdict.brokenAt}
          />
        </Card>
      )}
    </>
  );
}

/** The records that can be read, to show them; whether they hold is the verdict's matter. */
function readableFacts(bytes: Uint8Array): readonly Evidence[] {
  return new TextDecoder()
    .decode(bytes)
    .split('\n')
    .flatMap((line) => {
      try {
        const record = JSON.parse(line) as Partial<Evidence> | null;
        return record?.fact?.fact && record.hash && record.at && record.by && record.seq ? [record as Evidence] : [];
      } catch {
        return []; // damaged lines are named by the verdict
      }
    });
}
