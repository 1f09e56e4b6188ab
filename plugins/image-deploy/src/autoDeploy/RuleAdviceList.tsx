import Alert from '@material-ui/lab/Alert';
import {
  adviseRule,
  TagRule,
} from '@slipway/backstage-plugin-image-registry-common';
import { ReasonText } from '@slipway/backstage-plugin-image-registry-react';

/** What a rule takes beyond how it reads. */
export function RuleAdviceList({ rule }: { rule: TagRule }) {
  return (
    <div role="status">
      {adviseRule(rule).map(({ path, reason }) => (
        <Alert key={path} severity="info">
          <ReasonText reason={reason} />
        </Alert>
      ))}
    </div>
  );
}
