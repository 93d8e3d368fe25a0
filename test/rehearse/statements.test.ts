import fc from 'fast-check';
import { expect, test } from 'vitest';

import { controlsTransaction, placeOf, statementsIn } from '#src/model/sql-statement.ts';

const whole = [
  "select ';'",
  "select E'it\\'s; so'",
  'select ";" from "a;b"',
  'do $$ begin commit; end $$',
  "create function f() returns text language sql as $body$ select ';' $body$",
  'create function g() returns int begin atomic select 1; select 2; end',
  'select 1 /* ; */ + 2',
  'select 1 -- ; no end\n + 2',
];

test('statements are found whole, where they stand', () => {
  const between = fc.constantFrom('', '\n', ' -- note; \n', '/* ; */');
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...whole), { maxLength: 8 }), between, (all, lead) => {
      const text = all.map((one) => `${lead}${one};`).join('');
      const found = statementsIn(text);
      expect(found.map((one) => one.text)).toEqual(all);
      for (const one of found) expect(text.slice(one.offset, one.offset + one.text.length)).toBe(one.text);
    }),
  );
});

test('any text is cut without an end and nothing in it is found twice', () => {
  const unit = fc.constantFrom('$', "'", '"', ';', '-', '/', '*', 'e', 'E', '\\', '\n', ' ', 'begin atomic', 'end');
  fc.assert(
    fc.property(fc.string({ unit }), (text) => {
      let last = 0;
      for (const one of statementsIn(text)) {
        expect(one.offset).toBeGreaterThanOrEqual(last);
        last = one.offset + one.text.length;
        expect(text.slice(one.offset, last)).toBe(one.text);
      }
    }),
  );
});

test('only a statement of its own controls the transaction', () => {
  expect(controlsTransaction('begin; select 1; commit;')).toBe(true);
  expect(controlsTransaction('-- note\nCOMMIT')).toBe(true);
  expect(controlsTransaction('do $$ begin commit; end $$; create table begin_end (id int);')).toBe(false);
});

test('a place is counted from 1', () => {
  expect(placeOf('a\nbc', 0)).toEqual({ line: 1, column: 1 });
  expect(placeOf('a\nbc', 3)).toEqual({ line: 2, column: 2 });
});
