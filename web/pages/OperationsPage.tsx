import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import type { OperationView } from '../../src/model/view.ts';
import { sentence } from '../names.ts';
import { Card } from '../parts/Card.tsx';
import { ChangeFile } from '../parts/ChangeFile.tsx';
import { FaultNote } from '../parts/FaultNote.tsx';
import { Said } from '../parts/Said.tsx';
import { SkeletonRows } from '../parts/SkeletonRows.tsx';
import { operationsQuery } from '../queries.ts';
import { Refused } from '../Refused.ts';
import { classes } from '../words.ts';

/** Every typed way to change a system, with its class and the permissions of the way there and the way back. */
export function OperationsPage() {
  const { data, error } = useQuery(operationsQuery);
  const systems = Map.groupBy(data ?? [], ({ system }) => system);
  return (
    <>
      <header className="page-head">
        <h1 tabIndex={-1}>Operations</h1>
        <p className="page-note">Only these change anything. Each carries its own way back.</p>
      </header>
      <div className="page-stack">
        {error && <FaultNote fault={Refused.from(error).fault} />}
        {!data && !error && (
          <div className="card">
            <SkeletonRows rows={6} height={72} />
          </div>
        )}
        {[...systems].map(([system, operations]) => (
          <Card key={system} id={system} title={system} isFlush>
            {operations.map((operation) => (
              <Row key={operation.name} operation={operation} />
            ))}
          </Card>
        ))}
      </div>
    </>
  );
}

function Row({ operation }: { readonly operation: OperationView }) {
  const { name, title, summary, because, permissions, examples } = operation;
  return (
    <article className="operation" id={name} aria-label={title}>
      <div className="operation-head">
        <h3>{title}</h3>
        <span className="mono second">{name}</span>
        <span className="operation-class">
          <Said word={classes[operation.class]} />
        </span>
        <Link to="/changes/new" search={{ operation: name }} className="act act-plain act-row">
          Propose<span className="hidden"> with {title}</span>
        </Link>
      </div>
      <p>{sentence(summary)}</p>
      <p className="second">{sentence(because)}</p>
      <dl className="pairs operation-needs">
        <dt>Needs</dt>
        <dd>{permissions.apply.join(', ') || 'nothing more'}</dd>
        <dt>To undo</dt>
        <dd>{permissions.inverse.join(', ') || 'nothing more'}</dd>
      </dl>
      <details className="operation-example">
        <summary>Example</summary>
        {examples.map((params, i) => (
          <ChangeFile key={i} steps={[{ [name]: params }]} label={`Example ${i + 1} of ${name}`} />
        ))}
      </details>
    </article>
  );
}
