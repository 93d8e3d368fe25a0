import { Modal, Switch } from '@mantine/core';

import { useCell } from '../cell.ts';
import { singleKeys } from '../preferences.ts';

const keys: readonly (readonly [string, string])[] = [
  ['?', 'All keys'],
  ['G then C, O, N, E', 'Changes, operations, connections, evidence'],
  ['/', 'Find'],
  ['F', 'Filter'],
  ['J, K', 'Next row, row before'],
  ['Enter', 'Open'],
  ['C', 'Propose a change'],
  ['R', 'To the way back; Enter presses it'],
  ['A', 'To the approval; Enter presses it'],
  ['D', 'Next difference'],
  ['N', 'Write a note'],
  ['Y', 'Copy the id'],
  ['Ctrl Enter', 'Send the form one is in'],
  ['Esc', 'Up, or leave'],
];

/** Every key there is. No single key changes production. */
export function KeySheet({ onLeave }: { readonly onLeave: () => void }) {
  const choice = useCell(singleKeys);
  return (
    <Modal
      opened
      onClose={onLeave}
      title="All keys"
      centered
      size={460}
      closeButtonProps={{ 'aria-label': 'Leave this sheet' }}
    >
      <dl className="key-sheet">
        {keys.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <Switch
        label="Single keys"
        description="No single key changes production. Off, only ? and Esc still work."
        checked={choice === 'on'}
        onChange={(event) => singleKeys.set(event.currentTarget.checked ? 'on' : 'off')}
      />
    </Modal>
  );
}
