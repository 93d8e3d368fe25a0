import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import type { Json } from '#src/model/json.ts';
import { operations } from '#src/operations/registry.ts';

import { draftOf, holdsTypedSecret, proposalOf, withoutTypedSecrets } from '../../web/draft.ts';
import { formSchema, isObjectSchema, nearestOption, type Schema, waysOf } from '../../web/formSchema.ts';
import { formValidator } from '../../web/formValidator.ts';

const schemaOf = (name: string): Json =>
  z.toJSONSchema(operations[name as `${string}.${string}`]?.params ?? z.never(), { io: 'input' }) as Json;
const errorsOf = (schema: Schema, data: Record<string, unknown>) =>
  formValidator.validateFormData(data, schema).errors.map(({ property, message }) => `${property} ${message}`);

describe('forms from the operations’ own params', () => {
  test.each(Object.keys(operations))('%s: its examples are valid in the form, secrets apart', (name) => {
    const operation = operations[name as `${string}.${string}`];
    for (const example of operation?.examples ?? []) {
      const ways = waysOf(formSchema(schemaOf(name)));
      const way = ways[nearestOption(ways, example)] ?? {};
      const data = withSecretsGiven(example) as Record<string, unknown>;
      expect(errorsOf(way, data)).toEqual([]);
    }
  });

  test('a missing field, a wrong form and an unknown field are named', () => {
    const schema = formSchema(schemaOf('linux.set-file-mode'));
    expect(errorsOf(schema, {})).toEqual(['.path This is needed.', '.mode This is needed.']);
    expect(errorsOf(schema, { path: '/etc/app.conf', mode: '640' })).toEqual([
      '.mode This does not have the form that the example shows.',
    ]);
    expect(errorsOf(schema, { path: '/etc/app.conf', mode: '0640', user: 'x' })).not.toEqual([]);
  });

  test('of a choice that nothing fits, the errors of the nearest option are told', () => {
    const schema = formSchema(schemaOf('postgres.reset-password'));
    expect(errorsOf(schema, { role: 'app' })).toEqual(['.password This is needed.']);
  });

  test('an envelope is asked of nobody: its place takes the way to give a secret', () => {
    const [withPassword] = waysOf(formSchema(schemaOf('postgres.reset-password')));
    const properties = withPassword?.['properties'];
    expect(isObjectSchema(properties) && properties['password']).toMatchObject({ $id: 'secret', title: 'Password' });
    expect(JSON.stringify(formSchema(schemaOf('linux.put-file')))).not.toMatch(/fingerprint|readOnly/);
  });

  test('no code is made at run time', () => {
    const make = globalThis.Function;
    globalThis.Function = (() => {
      throw new Error('made code');
    }) as unknown as FunctionConstructor;
    try {
      expect(errorsOf(formSchema(schemaOf('git.commit-files')), {})).toHaveLength(3);
    } finally {
      globalThis.Function = make;
    }
  });
});

/** A person gives a secret instead of an envelope. */
function withSecretsGiven(value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => withSecretsGiven(item as Json));
  if (!isObjectSchema(value)) return value;
  if ('sealed' in value) return { $secret: 'generate' };
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withSecretsGiven(item)]));
}

describe('a draft', () => {
  const proposal = {
    title: 'Reset',
    environment: 'test',
    follows: '01ARZ3NDEKTSV4RRFFQ69G5FAV' as never,
    steps: [
      {
        id: 'a',
        on: 'pg',
        deadline: '5m',
        'postgres.reset-password': { role: 'app', password: { $plain: 'hunter2' } },
      },
      { wait: { until: 'linux/file-exists', subject: { path: '/x' } } },
    ],
  } as never;

  test('becomes the proposal that it came from', () => expect(proposalOf(draftOf(proposal))).toEqual(proposal));

  test('shows no secret that was typed', () => {
    expect(holdsTypedSecret(proposal)).toBe(true);
    expect(holdsTypedSecret({ password: { $secret: 'generate' } })).toBe(false);
    expect(JSON.stringify(withoutTypedSecrets(proposal))).not.toContain('hunter2');
  });
});
