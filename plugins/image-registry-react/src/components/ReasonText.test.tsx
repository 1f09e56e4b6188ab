import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import {
  nestReason,
  Reason,
} from '@slipway/backstage-plugin-image-registry-common';
import { ReasonText } from './ReasonText';

const inner: Reason = {
  code: 'push-version-higher',
  message: 'of the backend',
  params: { tag: 'v2', head: 'v1' },
};

describe('ReasonText', () => {
  it('says a reason within a reason in its own words too', async () => {
    await renderInTestApp(
      <ReasonText
        reason={{
          code: 'policy-deploys',
          message: 'of the backend',
          params: { tag: 'v2', ...nestReason('why', inner) },
        }}
      />,
    );
    expect(
      screen.getByText('Deploys v2: v2 is a higher version than v1'),
    ).toBeInTheDocument();
  });

  it('keeps the sentence of an inner reason that it does not know', async () => {
    await renderInTestApp(
      <ReasonText
        reason={{
          code: 'policy-deploys',
          message: 'of the backend',
          params: { tag: 'v2', ...nestReason('why', { ...inner, code: 'x' }) },
        }}
      />,
    );
    expect(screen.getByText('Deploys v2: of the backend')).toBeInTheDocument();
  });
});
