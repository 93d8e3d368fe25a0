import type { ClientConfig } from 'pg';
import { z } from 'zod';

import { Fault } from '../model/fault.ts';
import { Sealed } from '../model/sealed.ts';

const common = {
  password: z.exactOptional(Sealed),
  /** Left out: `verify-full`, and `disable` for this machine. `require` encrypts and does not look who answers. */
  tls: z.exactOptional(z.enum(['disable', 'require', 'verify-full'])),
  /** Certificates of the authorities to trust, as PEM text; left out: those that Node trusts. */
  ca: z.exactOptional(z.string()),
};

const PostgresUrl = z
  .url({ protocol: /^postgres(ql)?$/, error: 'postgres://user@host:5432/database', abort: true })
  .refine(
    (text) => {
      const { username, password, search } = new URL(text);
      return username !== '' && password === '' && search === '';
    },
    { error: 'a URL with a user and without a password or parameters; a password goes into `password`, sealed' },
  );

export const PostgresSettings = z.union([
  z.object({ url: PostgresUrl, ...common }).strict(),
  z
    .object({
      /** A name, an address, or the absolute path of the folder that holds the server's socket. */
      host: z.string().min(1),
      port: z.exactOptional(z.number().int().min(1).max(65535)),
      user: z.string().min(1),
      database: z.exactOptional(z.string().min(1)),
      ...common,
    })
    .strict(),
]);
export type PostgresSettings = z.infer<typeof PostgresSettings>;

/** A server, and who we are there. */
export interface PostgresServer {
  readonly config: ClientConfig;
  /** `host:port`, for people. */
  readonly name: string;
  readonly user: string;
}

/** @throws Fault `invalid-input` */
export function postgresServer(settings: unknown, unseal: (sealed: Sealed) => Promise<string>): PostgresServer {
  const parsed = PostgresSettings.safeParse(settings);
  if (!parsed.success)
    throw new Fault(
      'invalid-input',
      `the settings of a PostgreSQL connection are wrong: ${z.prettifyError(parsed.error)}`,
    );
  const { password, tls, ca } = parsed.data;
  const { host, port, user, database } = addressOf(parsed.data);
  return {
    name: `${host}:${port}`,
    user,
    config: {
      host,
      port,
      user,
      database,
      ssl: sslOf(tls ?? (isThisMachine(host) ? 'disable' : 'verify-full'), ca),
      application_name: 'recourse',
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      ...(password && { password: () => unseal(password) }),
    },
  };
}

function addressOf(settings: PostgresSettings) {
  if ('host' in settings) return { port: 5432, database: 'postgres', ...settings };
  const { hostname, port, username, pathname } = new URL(settings.url);
  return {
    host: decodeURIComponent(hostname).replace(/^\[(.*)\]$/, '$1'),
    port: Number(port || 5432),
    user: decodeURIComponent(username),
    database: decodeURIComponent(pathname.slice(1)) || 'postgres',
  };
}

const isThisMachine = (host: string): boolean => host.startsWith('/') || /^(localhost|127\.[\d.]+|::1)$/.test(host);

const sslOf = (tls: 'disable' | 'require' | 'verify-full', ca: string | undefined): ClientConfig['ssl'] =>
  tls === 'disable' ? false : { rejectUnauthorized: tls === 'verify-full', ...(ca !== undefined && { ca }) };
