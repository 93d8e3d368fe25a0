import type { Json } from '../../src/model/json.ts';
import { Value } from './Value.tsx';

/** An operation and its params on one line, as a machine would be told. */
export function InvocationText({ operation, params }: { readonly operation: string; readonly params: Json }) {
  const pairs = typeof params === 'object' && params !== null && !Array.isArray(params) ? Object.entries(params) : null;
  return (
    <span className="invocation mono">
      <span className="invocation-operation">{operation}</span>
      {pairs ? (
        pairs.map(([name, value]) => (
          <span key={name} className="invocation-pair">
            <span className="meta">{name}</span> <Value value={value} />
          </span>
        ))
      ) : (
        <Value value={params} />
      )}
    </span>
  );
}
