import { configApiRef, useApi } from '@backstage/core-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { DevelopmentSignIn } from './DevelopmentSignIn';
import { MissingProvider } from './MissingProvider';
import { SignInLayout } from './SignInLayout';

/**
 * Offers the development people, or in any other `auth.environment` says that
 * this portal has no sign-in yet. A real provider is added here.
 */
export function SignInPage(props: SignInPageProps) {
  const environment =
    useApi(configApiRef).getOptionalString('auth.environment');
  if (environment === 'development') {
    return <DevelopmentSignIn onSignInSuccess={props.onSignInSuccess} />;
  }
  return (
    <SignInLayout>
      <MissingProvider />
    </SignInLayout>
  );
}
