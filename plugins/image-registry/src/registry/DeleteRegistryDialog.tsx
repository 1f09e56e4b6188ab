import Typography from '@material-ui/core/Typography';
import { Registry } from '@slipway/backstage-plugin-image-registry-common';
import {
  ConfirmDialog,
  imageRegistryTranslationRef,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { UsageList } from './UsageList';

interface DeleteRegistryDialogProps {
  registry: Registry;
  open: boolean;
  onConfirm(): Promise<void>;
  onClose(): void;
}

/** Asks before a registry is removed; says what uses it when refused. */
export function DeleteRegistryDialog(props: DeleteRegistryDialogProps) {
  const { registry, open, onConfirm, onClose } = props;
  const t = useTranslate(imageRegistryPageTranslationRef);
  const shared = useTranslate(imageRegistryTranslationRef);
  return (
    <ConfirmDialog
      open={open}
      title={t('registry.deleteTitle', { name: registry.name })}
      confirmLabel={shared('action.delete')}
      errorTitle={t('registry.notDeleted', { name: registry.name })}
      onConfirm={onConfirm}
      onClose={onClose}
      renderError={() => <UsageList registryId={registry.id} />}
    >
      <Typography paragraph>{t('registry.deleteText')}</Typography>
    </ConfirmDialog>
  );
}
