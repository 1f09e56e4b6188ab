import { useId } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { Theme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { imageRegistryTranslationRef, useTranslate } from '../translation';
import { ImagePicker } from './ImagePicker';
import { ImagePickerProps } from './ImagePickerProps';

/** @public */
export interface ImagePickerDialogProps extends ImagePickerProps {
  open: boolean;
  /** Else "Choose an image". */
  title?: string;
  onClose(): void;
}

/**
 * {@link ImagePicker} in a dialog, which closes with a choice.
 *
 * @public
 */
export function ImagePickerDialog(props: ImagePickerDialogProps) {
  const { open, title, onClose, onPick, ...picker } = props;
  const t = useTranslate(imageRegistryTranslationRef);
  const titleId = useId();
  const narrow = useMediaQuery((theme: Theme) => theme.breakpoints.down('xs'));
  return (
    <Dialog
      open={open}
      onClose={onClose}
      maxWidth="md"
      fullWidth
      fullScreen={narrow}
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>{title ?? t('picker.title')}</DialogTitle>
      <DialogContent>
        <ImagePicker
          {...picker}
          onPick={image => {
            onPick(image);
            onClose();
          }}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('action.cancel')}</Button>
      </DialogActions>
    </Dialog>
  );
}
