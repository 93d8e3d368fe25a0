import IconCopy from '@tabler/icons-react/dist/esm/icons/IconCopy.mjs';

import { copyText } from '../copyText.ts';
import { shortId } from '../names.ts';

/** The ending of an id, and the way to copy the whole. */
export function CopyId({ id }: { readonly id: string }) {
  return (
    <button
      type="button"
      className="copy-id"
      onClick={() => copyId(id)}
      aria-label={`Copy the id ending ${shortId(id)}`}
    >
      <span className="mono on-screen">{shortId(id)}</span>
      <span className="mono on-paper">{id}</span>
      <IconCopy size={14} aria-hidden="true" />
    </button>
  );
}

export const copyId = (id: string): void => void copyText(id, `Id ${shortId(id)}`);
