import { readFileSync } from 'node:fs';

/** A file that must never change: what it holds stands in somebody's store. */
export const golden = (name: string): string => readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8');
