import { z } from 'zod';

import type { Json } from '../model/json.ts';
import type { OperationView } from '../model/view.ts';
import type { Catalogue } from './deps.ts';

/** Every operation of a catalogue, with the JSON Schema of its params. */
export const operationViews = ({ operations }: Pick<Catalogue, 'operations'>): readonly OperationView[] =>
  Object.values(operations).map((operation) => {
    const promised = operation.reversibility(operation.examples[0]);
    return {
      name: operation.name,
      title: operation.title,
      summary: operation.summary,
      system: operation.system.name,
      permissions: operation.permissions,
      class: promised.class,
      because: promised.because,
      params: z.toJSONSchema(operation.params, { io: 'input' }) as Json,
      examples: operation.examples,
    };
  });
