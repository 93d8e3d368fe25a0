import { PasswordInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';

import type { FaultReport } from '../../src/model/fault-report.ts';
import { api } from '../api.ts';
import { Act } from '../parts/Act.tsx';
import { FaultNote } from '../parts/FaultNote.tsx';
import { Logo } from '../parts/Logo.tsx';
import { Refused } from '../Refused.ts';
import { keepToken } from '../session.ts';

/** Asked for once a tab. The token goes into no address and no log. */
export function SignInPage() {
  const client = useQueryClient();
  const [value, setValue] = useState('');
  const [isAsked, setAsked] = useState(false);
  const [fault, setFault] = useState<FaultReport>();
  const signIn = async (event: FormEvent) => {
    event.preventDefault();
    if (!value.trim() || isAsked) return;
    setAsked(true);
    setFault(undefined);
    try {
      await api.me(value.trim());
      keepToken(value.trim());
      client.clear();
    } catch (thrown) {
      const refused = Refused.from(thrown);
      setFault(refused.status === 401 ? { ...refused.fault, message: 'This token is not known here.' } : refused.fault);
    } finally {
      setAsked(false);
    }
  };
  return (
    <main className="sign-in">
      <form onSubmit={(event) => void signIn(event)}>
        <Logo />
        <h1 tabIndex={-1}>Who is there?</h1>
        <p className="second">
          Recourse writes down who did what. Give the token that you were given; this tab keeps it until it is closed.
        </p>
        <PasswordInput
          label="Token"
          name="token"
          autoComplete="off"
          spellCheck={false}
          autoFocus
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the token' }}
        />
        {fault && <FaultNote fault={fault} />}
        <Act look="filled" size="page" submits isAsked={isAsked}>
          Sign in
        </Act>
        <p className="meta small">
          The first token is printed once in the terminal where the server was started. More are made with{' '}
          <code className="mono">recourse token create</code>.
        </p>
      </form>
    </main>
  );
}
