import TextField from '@material-ui/core/TextField';
import { InvalidRuleError } from '@slipway/backstage-plugin-image-registry-common';
import { useReasonText } from '@slipway/backstage-plugin-image-registry-react';
import { MarkedText } from './MarkedText';

/** One text of a rule; says where it is wrong. */
export function RuleField(props: {
  id: string;
  label: string;
  help: string;
  value: string;
  maxLength: number;
  problem?: InvalidRuleError;
  /** The place of the problem is not one in this text. */
  unplaced?: boolean;
  onChange(text: string): void;
}) {
  const { problem, unplaced, value } = props;
  const reasonText = useReasonText();
  return (
    <div>
      <TextField
        id={props.id}
        label={props.label}
        value={value}
        onChange={event => props.onChange(event.target.value)}
        error={problem !== undefined}
        helperText={problem ? reasonText(problem.reason) : props.help}
        inputProps={{
          maxLength: props.maxLength,
          spellCheck: false,
          autoCapitalize: 'off',
          style: { fontFamily: 'monospace' },
        }}
        variant="outlined"
        margin="dense"
        fullWidth
      />
      {problem?.position !== undefined && !unplaced && (
        <MarkedText
          text={value}
          position={problem.position}
          length={problem.length}
        />
      )}
    </div>
  );
}
