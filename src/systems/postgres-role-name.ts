import { z } from 'zod';

/** A role as it is stored, without quotes; PostgreSQL cuts longer names. Source: NAMEDATALEN in its documentation. */
export const RoleName = z
  .string()
  .refine((name) => name !== '' && !name.includes('\0') && Buffer.byteLength(name) <= 63, {
    error: 'the name of a role: 1 to 63 bytes',
  });
