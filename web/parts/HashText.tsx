import { shortHash } from '../names.ts';

/** A hash, its middle cut on the screen and whole on paper. */
export function HashText({ hash }: { readonly hash: string }) {
  return (
    <span className="mono">
      <span className="on-screen" title={hash}>
        {shortHash(hash)}
      </span>
      <span className="on-paper">{hash}</span>
    </span>
  );
}
