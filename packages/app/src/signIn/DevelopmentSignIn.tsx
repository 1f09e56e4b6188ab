import { ProxiedSignInPage } from '@backstage/core-components';
import type { IdentityApi } from '@backstage/core-plugin-api';
import { useState } from 'react';
import {
  forgetChosenPerson,
  PersonName,
  readChosenPerson,
  rememberChosenPerson,
} from './chosenPerson';
import { PeopleCards } from './PeopleCards';
import { SignInFailed } from './SignInFailed';
import { SignInLayout } from './SignInLayout';

/** The same identity, whose sign-out also forgets the choice. */
function forgettingIdentity(identity: IdentityApi): IdentityApi {
  return {
    getProfileInfo: () => identity.getProfileInfo(),
    getBackstageIdentity: () => identity.getBackstageIdentity(),
    getCredentials: () => identity.getCredentials(),
    async signOut() {
      forgetChosenPerson();
      await identity.signOut();
    },
  };
}

/** Sign-in by choosing one of four people, remembered per browser tab. */
export function DevelopmentSignIn(props: {
  onSignInSuccess(identity: IdentityApi): void;
}) {
  const [person, setPerson] = useState(readChosenPerson);
  const [attempt, setAttempt] = useState(0);

  const choose = (name: PersonName) => {
    rememberChosenPerson(name);
    setPerson(name);
  };
  const chooseAgain = () => {
    forgetChosenPerson();
    setPerson(undefined);
  };
  // Made here and not in render, so that a retry keeps its component.
  const [failed] = useState(() => (failure: { error?: Error }) => (
    <SignInLayout>
      <SignInFailed
        error={failure.error}
        onRetry={() => setAttempt(count => count + 1)}
        onChooseAgain={chooseAgain}
      />
    </SignInLayout>
  ));

  if (!person) {
    return (
      <SignInLayout>
        <PeopleCards onChoose={choose} />
      </SignInLayout>
    );
  }
  return (
    <ProxiedSignInPage
      key={attempt}
      provider="development"
      headers={{ 'x-development-person': person }}
      onSignInSuccess={identity =>
        props.onSignInSuccess(forgettingIdentity(identity))
      }
      ErrorComponent={failed}
    />
  );
}
