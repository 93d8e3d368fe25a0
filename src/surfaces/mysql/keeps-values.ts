/** As these say, from the narrowest to the widest. */
const wholes = ['tinyint', 'smallint', 'mediumint', 'int', 'bigint'];
const texts = ['char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext'];
const bytes = ['binary', 'varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob'];

const baseOf = (type: string): string => /^\w+/.exec(type)?.[0] ?? type;
const sizeOf = (type: string): number => Number(/\( (\d+)/.exec(type)?.[1] ?? Infinity);
const isUnsigned = (type: string): boolean => type.includes('unsigned');

/** Whether every value of the old type is a value of the new one: else it is cut, rounded or refused, as sql_mode says. */
export function keepsValues(from: string, to: string): boolean {
  const [one, two] = [baseOf(from), baseOf(to)];
  if (one === 'enum' && two === 'enum') return isLonger(membersOf(from), membersOf(to));
  for (const family of [texts, bytes])
    if (family.includes(one) && family.includes(two))
      return two === one || family.indexOf(two) < 2
        ? sizeOf(to) >= sizeOf(from) && family.indexOf(one) < 2
        : family.indexOf(two) >= family.indexOf(one);
  if (wholes.includes(one) && wholes.includes(two)) return holdsNumbers(from, to);
  if (one === 'decimal' && two === 'decimal') return holdsDigits(from, to);
  if (one === two) return sizeOf(to) >= sizeOf(from);
  return (
    (wholes.includes(one) && (texts.includes(two) || two === 'decimal')) ||
    (one === 'date' && two === 'datetime') ||
    (one === 'timestamp' && two === 'datetime') ||
    (one === 'float' && two === 'double') ||
    (one === 'enum' && texts.includes(two))
  );
}

function holdsNumbers(from: string, to: string): boolean {
  const wider = wholes.indexOf(baseOf(to)) - wholes.indexOf(baseOf(from));
  if (isUnsigned(from) === isUnsigned(to)) return wider >= 0;
  return isUnsigned(from) && wider > 0;
}

function holdsDigits(from: string, to: string): boolean {
  const [all, after] = digitsOf(from);
  const [room, places] = digitsOf(to);
  return places >= after && room - places >= all - after;
}
const digitsOf = (type: string): readonly [number, number] => {
  const [, all, after] = /\( (\d+)(?: , (\d+))?/.exec(type) ?? [];
  return [Number(all ?? 10), Number(after ?? 0)];
};

const membersOf = (type: string): readonly string[] => type.match(/'(?:[^'\\]|''|\\.)*'/g) ?? [];
/** Members keep their numbers where new ones stand at the end. */
const isLonger = (from: readonly string[], to: readonly string[]): boolean =>
  from.every((member, at) => to[at] === member);
