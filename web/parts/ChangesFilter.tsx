import { NativeSelect, TextInput } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { type FormEvent, useEffect, useRef, useState } from 'react';

import type { ChangesSearch } from '../changesSearch.ts';
import { classes } from '../words.ts';
import { Act } from './Act.tsx';

interface ChangesFilterProps {
  readonly search: ChangesSearch;
  readonly environments: readonly string[];
  readonly onNarrow: (search: ChangesSearch) => void;
}

/** Words to find, and what the list is narrowed to. */
export function ChangesFilter({ search, environments, onNarrow }: ChangesFilterProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <search className="filter">
      <Find search={search} onNarrow={onNarrow} />
      {chips(search).map(({ name, says, value, without }) => (
        <span key={name} className="chip">
          <span className="meta">{name}</span>{' '}
          <strong>
            {says} {value}
          </strong>
          <button type="button" onClick={() => onNarrow(without)} aria-label={`Show every ${name.toLowerCase()} again`}>
            <IconX size={15} aria-hidden="true" />
          </button>
        </span>
      ))}
      <Act
        id="add-filter"
        look="quiet"
        icon={<IconPlus size={16} aria-hidden="true" />}
        keys="F"
        isOpen={isOpen}
        onAct={() => setOpen(!isOpen)}
      >
        Filter
      </Act>
      {isOpen && (
        <FilterForm
          search={search}
          environments={environments}
          onNarrow={(next) => {
            onNarrow(next);
            setOpen(false);
          }}
        />
      )}
    </search>
  );
}

const settleMs = 250;

/** Narrows while one types, a moment after the last key. */
function Find({ search, onNarrow }: Pick<ChangesFilterProps, 'search' | 'onNarrow'>) {
  const wanted = search.text ?? '';
  const [text, setText] = useState(wanted);
  const [seen, setSeen] = useState({ wanted, sent: wanted });
  // The address may change by itself (Back, a link); what was sent from here comes back, and is no news.
  if (wanted !== seen.wanted) {
    setSeen({ ...seen, wanted });
    if (wanted !== seen.sent) setText(wanted);
  }
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const send = (next: string) => {
    clearTimeout(timer.current);
    setSeen({ wanted, sent: next });
    onNarrow({ ...search, text: next });
  };
  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => send(next), settleMs);
  };
  return (
    <TextInput
      id="find"
      className="find"
      type="search"
      aria-label="Find by id or title"
      placeholder="Id or title"
      leftSection={<IconSearch size={16} aria-hidden="true" />}
      rightSection={<kbd aria-hidden="true">/</kbd>}
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') send(text);
        if (event.key !== 'Escape') return;
        event.preventDefault(); // it would empty the field
        event.currentTarget.blur();
      }}
    />
  );
}

function FilterForm({ search, environments, onNarrow }: ChangesFilterProps) {
  const [next, setNext] = useState(search);
  const set = (name: keyof ChangesSearch, value: string) => {
    const { [name]: _, ...rest } = next;
    setNext(value ? { ...rest, [name]: value } : rest);
  };
  return (
    <form
      className="filter-form"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onNarrow(search);
      }}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        onNarrow(next);
      }}
    >
      <TextInput
        label="Environment"
        list="environments"
        autoFocus
        value={next.environment ?? ''}
        onChange={(event) => set('environment', event.currentTarget.value)}
      />
      <datalist id="environments">
        {environments.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <NativeSelect
        label="Way back"
        value={next.class ?? ''}
        onChange={(event) => set('class', event.currentTarget.value)}
        data={[
          { value: '', label: 'Any' },
          ...Object.entries(classes).map(([value, { word }]) => ({ value, label: word })),
        ]}
      />
      <TextInput
        label="Resource"
        placeholder="web-03/file:/etc/app.conf"
        value={next.resource ?? ''}
        onChange={(event) => set('resource', event.currentTarget.value)}
      />
      <Act submits>Show these</Act>
    </form>
  );
}

interface Chip {
  readonly name: string;
  readonly says: string;
  readonly value: string;
  readonly without: ChangesSearch;
}

function chips(search: ChangesSearch): readonly Chip[] {
  const { environment, class: ofClass, resource, text, ...view } = search;
  const keep = (left: ChangesSearch): ChangesSearch => ({ ...view, ...(text !== undefined && { text }), ...left });
  const [withEnvironment, withClass, withResource] = [
    environment === undefined ? {} : { environment },
    ofClass === undefined ? {} : { class: ofClass },
    resource === undefined ? {} : { resource },
  ];
  return [
    ...(environment === undefined
      ? []
      : [{ name: 'Environment', says: 'is', value: environment, without: keep({ ...withClass, ...withResource }) }]),
    ...(ofClass === undefined
      ? []
      : [
          {
            name: 'Way back',
            says: 'is',
            value: classes[ofClass].short,
            without: keep({ ...withEnvironment, ...withResource }),
          },
        ]),
    ...(resource === undefined
      ? []
      : [{ name: 'Resource', says: 'is', value: resource, without: keep({ ...withEnvironment, ...withClass }) }]),
  ];
}
