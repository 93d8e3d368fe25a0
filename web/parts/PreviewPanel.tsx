import type { FaultReport } from '../../src/model/fault-report.ts';
import type { Preview } from '../../src/model/view.ts';
import { sentence } from '../names.ts';
import { classes, knownBy } from '../words.ts';
import { Card } from './Card.tsx';
import { ChangeFile } from './ChangeFile.tsx';
import { FaultNote } from './FaultNote.tsx';
import { FindingList } from './FindingList.tsx';
import { Mark } from './Mark.tsx';

interface PreviewPanelProps {
  readonly preview: Preview | undefined;
  readonly fault: FaultReport | undefined;
  /** What is still missing before the question can be asked. */
  readonly missing: string | undefined;
}

/** The way back, as one types: the class, why, and what would undo it, last step first. */
export function PreviewPanel({ preview, fault, missing }: PreviewPanelProps) {
  const current = missing === undefined && !fault ? preview : undefined;
  const worst = current?.steps.find((step) => step.class === current.class);
  const undoneBy = current?.steps.toReversed().flatMap(({ inverse }) => inverse) ?? [];
  return (
    <Card
      id="preview"
      title="The way back, as you type"
      note={undefined}
      aside={worst?.known && <span className="meta">known by {knownBy[worst.known]}</span>}
    >
      <ol className="ladder" aria-label="Classes, best first">
        {Object.entries(classes).map(([name, word]) => (
          <li key={name} data-tone={word.tone} aria-current={name === current?.class ? 'true' : undefined}>
            <Mark name={word.mark} />
            <span>{word.word}</span>
          </li>
        ))}
      </ol>
      <div role="status" className="stack">
        {missing !== undefined && <p className="second">{missing}</p>}
        {missing === undefined && fault && <FaultNote fault={fault} isQuiet />}
        {worst?.because && <p className="second">{sentence(worst.because)}</p>}
        {worst?.instead && <p className="second">Instead: {sentence(worst.instead)}</p>}
      </div>
      {undoneBy.length > 0 && (
        <div className="part">
          <h3>
            Undone by <span className="preview-order">last step first</span>
          </h3>
          <ChangeFile
            label="What would undo it"
            steps={undoneBy.map(({ operation, params }) => ({ [operation]: params }))}
          />
        </div>
      )}
      {current && current.findings.length > 0 && (
        <div className="part">
          <h3>Good to know before you propose</h3>
          <FindingList findings={current.findings} />
        </div>
      )}
    </Card>
  );
}
