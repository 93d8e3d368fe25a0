import { Fault } from '../model/fault.ts';

export const isDatabaseUrl = (url: string): boolean => /^postgres(ql)?:\/\//.test(url);

/** Host and database, without user and password. Faults: `invalid-input` when it is none; the URL is not repeated. */
export function serverOf(url: string): string {
  const parsed = isDatabaseUrl(url) ? URL.parse(url) : null;
  if (parsed) return `${parsed.host}${parsed.pathname}`;
  throw new Fault('invalid-input', 'The database URL is not the URL of a PostgreSQL.', {
    advice:
      'Write postgres://user:password@host:port/database; a special character in the password is percent-encoded.',
  });
}
