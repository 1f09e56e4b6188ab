import { useEffect, useState } from 'react';
import Button from '@material-ui/core/Button';
import IconButton from '@material-ui/core/IconButton';
import Tooltip from '@material-ui/core/Tooltip';
import CheckIcon from '@material-ui/icons/Check';
import CopyIcon from '@material-ui/icons/FileCopyOutlined';
import { imageRegistryTranslationRef, useTranslate } from '../translation';
import { copyText } from './copyText';

/** How long "Copied" stays, in ms. */
const COPIED_FOR = 2000;

/** @public */
export interface CopyButtonProps {
  /** What is copied. */
  text: string;
  /** Names it for people who can't see where the button stands. */
  what: string;
  /** A button with these words instead of the small icon. */
  label?: string;
  onCopied?(): void;
}

/**
 * Copies a text and says so.
 *
 * @public
 */
export function CopyButton(props: CopyButtonProps) {
  const { text, what, label, onCopied } = props;
  const t = useTranslate(imageRegistryTranslationRef);
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    const timer = setTimeout(() => setCopied(false), COPIED_FOR);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async (event: React.MouseEvent) => {
    event.stopPropagation();
    await copyText(text);
    setCopied(true);
    onCopied?.();
  };
  const icon = copied ? (
    <CheckIcon fontSize="inherit" />
  ) : (
    <CopyIcon fontSize="inherit" />
  );

  if (label) {
    return (
      <Button
        size="small"
        variant="outlined"
        startIcon={icon}
        onClick={copy}
        aria-label={t('action.copyNamed', { what })}
      >
        {copied ? t('action.copied') : label}
      </Button>
    );
  }
  return (
    <Tooltip
      title={copied ? t('action.copied') : t('action.copyNamed', { what })}
    >
      <IconButton
        size="small"
        onClick={copy}
        // A row that opens on Enter must not open when this is pressed.
        onKeyDown={event => event.stopPropagation()}
        aria-label={t('action.copyNamed', { what })}
      >
        {icon}
      </IconButton>
    </Tooltip>
  );
}
