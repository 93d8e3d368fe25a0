import { useQuery } from '@tanstack/react-query';

import type { Json } from '../../src/model/json.ts';
import type { ChangeView } from '../../src/model/view.ts';
import { resourceParts } from '../names.ts';
import { operationsQuery } from '../queries.ts';
import { Value } from './Value.tsx';

/** What a press of the button would run, first thing first. */
export function IfYouRollBack({ change }: { readonly change: ChangeView }) {
  const { data: operations } = useQuery(operationsQuery);
  return (
    <div className="part">
      <h3>If you roll back now</h3>
      <ol className="roll-back-list">
        {change.wayBack.steps.map(({ undoes, does, resource }, i) => (
          <li key={i}>
            {operations?.find(({ name }) => name === does.operation)?.title ?? does.operation}{' '}
            {resource && <span className="mono">{resourceParts(resource).what}</span>}
            <Sets params={does.params} resource={resource ?? ''} />
            <span className="hidden"> (undoes step {undoes})</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** The params that the resource does not already name. */
function Sets({ params, resource }: { readonly params: Json; readonly resource: string }) {
  if (typeof params !== 'object' || params === null || Array.isArray(params)) return null;
  const pairs = Object.entries(params as Record<string, Json>).filter(
    ([, value]) => typeof value !== 'string' || value === '' || !resource.endsWith(value),
  );
  return pairs.map(([name, value], i) => (
    <span key={name}>
      {i === 0 ? ': ' : ', '}
      {name} <Value value={value} />
    </span>
  ));
}
