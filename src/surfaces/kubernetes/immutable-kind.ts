import type { ReversibilityClass } from '../../model/reversibility.ts';

/** What becomes of an object whose field the server will not change: it has to be made anew. */
export interface Recreation {
  readonly class: ReversibilityClass;
  readonly classAfterWrites: ReversibilityClass;
  /** What is lost when it is made anew. */
  readonly loses: string;
  readonly instead: string;
  /** `{name}` and `{namespace}` are filled in. */
  readonly inverse?: string;
}

/** Fields of one kind that the server refuses to change, and what that costs. Paths are written with dots. */
export interface ImmutableKind {
  readonly group: string;
  readonly kind: string;
  /** Each field by itself; `spec.*` is every field of `spec`. */
  readonly fields: readonly string[];
  /** Fields of a `*` that may change after all. */
  readonly except?: readonly string[];
  /** What the server fills in: writing it down, or leaving it out, is no change. */
  readonly defaults?: Readonly<Record<string, string | number | boolean>>;
  /** Only where this holds of one of the two versions. */
  readonly onlyWhen?: { readonly field: string; readonly is: string | boolean };
  /** Not where this holds of one of the two versions. */
  readonly notWhen?: { readonly field: string; readonly is: string | boolean };
  /** The server keeps the old value and says nothing. */
  readonly isSilent?: true;
  readonly recreation: Recreation;
  readonly source: string;
}
