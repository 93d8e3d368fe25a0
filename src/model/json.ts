/**
 * Everything Recourse records is JSON, because it is hashed, exported and read by other programs for years.
 * Start here: every other noun is made of these values.
 */
import { z } from 'zod';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export const Json: z.ZodType<Json> = z.json();

/** JSON text known to hold a `T`: built by the database and passed on without being parsed. */
export type JsonText<T> = string & { readonly __holds?: T };
