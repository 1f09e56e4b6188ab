import { ReactNode, useId, useMemo, useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import CheckIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import {
  InvalidReferenceError,
  Registry,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  shortDigest,
  StateLabel,
  useErrorText,
  useReasonText,
} from '../components';
import { useDebounced, useImageRegistryQuery } from '../hooks';
import { imageRegistryTranslationRef, useTranslate } from '../translation';
import { PickedImage } from './ImagePickerProps';
import { readTypedReference, TypedReference } from './readTypedReference';

/** Pause in typing after which the registry is asked, in ms. */
const TYPING_PAUSE = 400;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
    marginTop: theme.spacing(2),
    width: '100%',
  },
  field: { maxWidth: 640 },
}));

/** @public */
export interface ManualReferenceProps {
  registry: Pick<Registry, 'id' | 'name' | 'address' | 'pullAddress'>;
  /** Then a tag or a digest alone is enough. */
  repository?: string;
  entityRef?: string;
  onUse(image: PickedImage): void;
}

/**
 * A field for an image reference, checked at the registry as it is typed.
 *
 * @public
 */
export function ManualReference(props: ManualReferenceProps) {
  const { registry, repository, entityRef, onUse } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryTranslationRef);
  const errorText = useErrorText();
  const [text, setText] = useState('');
  const typed = useDebounced(text.trim(), TYPING_PAUSE);
  const reading = useReading(typed, registry, repository);
  const { reference } = reading;

  const image = useImageRegistryQuery(
    (api, signal) =>
      api.getImage(
        registry.id,
        {
          repository: reference!.repository,
          reference: reference!.digest ?? reference!.tag!,
          entityRef,
        },
        { signal },
      ),
    [
      registry.id,
      entityRef,
      reference?.repository,
      reference?.tag,
      reference?.digest,
    ],
    { enabled: reference !== undefined },
  );
  const settled = typed === text.trim() && !image.loading;
  const found = settled && !image.error && reference ? image.value : undefined;

  let status: ReactNode;
  if (typed === '') {
    status = undefined;
  } else if (reading.problem) {
    status = (
      <StateLabel icon={ErrorIcon} tone="error">
        {reading.problem}
      </StateLabel>
    );
  } else if (!settled) {
    status = t('picker.manual.checking');
  } else if (image.error) {
    status = (
      <StateLabel icon={ErrorIcon} tone="error">
        {t('picker.manual.notFound', { message: errorText(image.error) })}
      </StateLabel>
    );
  } else if (found) {
    status = (
      <StateLabel icon={CheckIcon} tone="ok">
        {t('picker.manual.found', {
          image: `${found.repository} ${found.tag ?? ''} ${shortDigest(
            found.digest,
          )}`,
        })}
      </StateLabel>
    );
  }

  const use = () => {
    if (found) {
      onUse({
        registryId: registry.id,
        repository: found.repository,
        tag: reference?.tag,
        digest: found.digest,
      });
    }
  };
  return (
    <form
      className={classes.root}
      onSubmit={event => {
        event.preventDefault();
        use();
      }}
    >
      <TextField
        id={useId()}
        className={classes.field}
        fullWidth
        size="small"
        variant="outlined"
        label={
          repository ? t('picker.manual.reference') : t('picker.manual.title')
        }
        helperText={
          repository ? t('picker.manual.helper') : t('picker.manual.example')
        }
        value={text}
        onChange={event => setText(event.target.value)}
        inputProps={{ autoCapitalize: 'off', spellCheck: false }}
      />
      <Typography variant="body2" component="div" aria-live="polite">
        {status}
      </Typography>
      <Button
        type="submit"
        variant="outlined"
        color="primary"
        size="small"
        disabled={!found}
      >
        {t('picker.manual.use')}
      </Button>
    </form>
  );
}

/** What the text names, or what is wrong with it. */
function useReading(
  text: string,
  registry: ManualReferenceProps['registry'],
  repository: string | undefined,
): { reference?: TypedReference; problem?: string } {
  const t = useTranslate(imageRegistryTranslationRef);
  const reasonText = useReasonText();
  const errorText = useErrorText();
  const { reference, error } = useMemo(() => {
    if (text === '') {
      return {};
    }
    try {
      return { reference: readTypedReference(text, registry, repository) };
    } catch (problem) {
      return { error: problem };
    }
  }, [text, registry, repository]);

  if (error instanceof InvalidReferenceError) {
    return { problem: reasonText(error.reason) };
  }
  if (error) {
    return { problem: errorText(error as Error) };
  }
  if (text !== '' && !reference) {
    return {
      problem: t('picker.manual.otherRegistry', { registry: registry.name }),
    };
  }
  return { reference };
}
