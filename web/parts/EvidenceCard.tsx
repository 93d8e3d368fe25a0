import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs';
import { useQuery } from '@tanstack/react-query';

import type { ChangeView } from '../../src/model/view.ts';
import { api } from '../api.ts';
import { shortId } from '../names.ts';
import { factsQuery } from '../queries.ts';
import { Refused } from '../Refused.ts';
import { useAct } from '../useAct.ts';
import { verdictWord } from '../verdictWord.ts';
import { verifyEvidence } from '../verifyEvidence.ts';
import { statusWord } from '../words.ts';
import { Act } from './Act.tsx';
import { Card } from './Card.tsx';
import { FactChain } from './FactChain.tsx';
import { FaultNote } from './FaultNote.tsx';
import { Said } from './Said.tsx';
import { SkeletonRows } from './SkeletonRows.tsx';
import { VerdictPairs } from './VerdictPairs.tsx';

/** The facts of a change, hashed again here and now. */
export function EvidenceCard({ change }: { readonly change: ChangeView }) {
  const { seq } = change.head;
  const facts = useQuery(factsQuery(change.id, seq));
  const verdict = useQuery({
    queryKey: ['verdict', change.id, seq],
    queryFn: async () => verifyEvidence(await api.evidence(change.id)),
    // While it runs, facts come by the second; what is there is verified when it rests.
    enabled: statusWord(change).group !== 'moving',
    staleTime: Infinity,
    retry: false,
    placeholderData: (before) => before,
  });
  const save = useAct(
    change.id,
    async () => saveFile(await api.evidence(change.id), `${change.id}.jsonl`),
    () => `The evidence of ${shortId(change.id)} is saved.`,
  );
  return (
    <Card
      id="evidence"
      title="Evidence"
      note="each fact seals the one before it"
      aside={verdict.data && <Said word={verdictWord(verdict.data)} />}
      isFlush
    >
      <div className="card-pad stack">
        {verdict.data && <VerdictPairs verdict={verdict.data} />}
        {verdict.error && <FaultNote fault={Refused.from(verdict.error).fault} isQuiet />}
        <div className="row">
          <Act isAsked={verdict.isFetching} onAct={() => void verdict.refetch()}>
            Verify again
          </Act>
          <Act
            icon={<IconDownload size={16} aria-hidden="true" />}
            isAsked={save.isAsked}
            onAct={() => save.act(undefined)}
          >
            Save the evidence file
          </Act>
        </div>
        {save.fault && <FaultNote fault={save.fault} />}
      </div>
      {facts.error && <FaultNote fault={Refused.from(facts.error).fault} />}
      {facts.data ? (
        <FactChain
          facts={facts.data}
          most={14}
          brokenAt={verdict.data?.isValid === false ? verdict.data.brokenAt : undefined}
        />
      ) : (
        !facts.error && <SkeletonRows rows={Math.min(14, seq)} height={35} />
      )}
    </Card>
  );
}

function saveFile(bytes: Uint8Array<ArrayBuffer>, name: string): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/jsonl' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
