import { Menu } from '@mantine/core';
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs';
import IconMessagePlus from '@tabler/icons-react/dist/esm/icons/IconMessagePlus.mjs';

import type { ChangeView } from '../../src/model/view.ts';
import { statusWord } from '../words.ts';
import { Act } from './Act.tsx';
import { ChangeFacts } from './ChangeFacts.tsx';
import { copyId, CopyId } from './CopyId.tsx';
import { Crumbs } from './Crumbs.tsx';
import { Said } from './Said.tsx';

interface ChangeHeadProps {
  readonly change: ChangeView;
  readonly onNote: () => void;
  readonly onCancel: (() => void) | undefined;
  readonly onClose: (() => void) | undefined;
}

/** Which change this is, where it stands, and one line of facts. */
export function ChangeHead({ change, onNote, onCancel, onClose }: ChangeHeadProps) {
  return (
    <header className="change-head">
      <Crumbs>
        <CopyId id={change.id} />
      </Crumbs>
      <div className="change-title">
        <h1 tabIndex={-1}>{change.title}</h1>
        <span role="status" aria-live="polite">
          <Said word={statusWord(change)} isChip />
        </span>
        <span className="change-acts">
          <Act icon={<IconMessagePlus size={16} aria-hidden="true" />} keys="N" onAct={onNote}>
            Add note
          </Act>
          <Menu position="bottom-end" width={220}>
            <Menu.Target>
              <button type="button" className="act" aria-label="More about this change">
                <IconDots size={16} aria-hidden="true" />
              </button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => copyId(change.id)}>Copy the whole id</Menu.Item>
              <Menu.Item onClick={() => window.print()}>Print this page</Menu.Item>
              {onCancel && <Menu.Item onClick={onCancel}>Cancel this change, with a reason</Menu.Item>}
              {onClose && <Menu.Item onClick={onClose}>Close this change</Menu.Item>}
            </Menu.Dropdown>
          </Menu>
        </span>
      </div>
      <ChangeFacts change={change} />
    </header>
  );
}
