import { z } from 'zod';

const inQuotes = 'four octal digits in quotes, for example "0640"';

/** Permission bits as people write them. A number is what YAML makes of digits without quotes. */
export const FileMode = z
  .string({
    error: ({ input }) =>
      typeof input === 'number'
        ? `put the mode in quotes, as in "0640": without them it is the number ${input}`
        : inQuotes,
  })
  .regex(/^[0-7]{4}$/, inQuotes);

export const octal = (mode: number): string => mode.toString(8).padStart(4, '0');
