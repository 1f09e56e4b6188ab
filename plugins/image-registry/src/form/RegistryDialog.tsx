import { useEffect, useId, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { Theme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import {
  ProviderDescriptor,
  Registry,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ErrorPanel,
  imageRegistryApiRef,
  imageRegistryTranslationRef,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { AdvancedSection } from './AdvancedSection';
import { CheckSection } from './CheckSection';
import { toCreateBody, toUpdateBody } from './draftBodies';
import { readDraft } from './readDraft';
import { createDraft, RegistryDraft } from './RegistryDraft';
import { useConnectionCheck } from './useConnectionCheck';
import { WhereSection } from './WhereSection';
import { WhoSection } from './WhoSection';

interface RegistryDialogProps {
  providers: ProviderDescriptor[];
  /** All registries, to see which name is taken and which is the default. */
  registries: Registry[];
  /** The registry that is edited; absent for a new one. */
  registry?: Registry;
  /** The dialog is of no more use: close it, or go elsewhere. */
  onSaved(registry: Registry): void;
  /** Nothing was saved. */
  onClose(): void;
}

/** Adds or edits a registry: where it is, who signs in, a check, save. */
export function RegistryDialog(props: RegistryDialogProps) {
  const { providers, registries, registry, onSaved, onClose } = props;
  const t = useTranslate(imageRegistryPageTranslationRef);
  const shared = useTranslate(imageRegistryTranslationRef);
  const api = useApi(imageRegistryApiRef);
  const titleId = useId();
  const narrow = useMediaQuery((theme: Theme) => theme.breakpoints.down('xs'));
  const [draft, setDraft] = useState<RegistryDraft>(() => ({
    ...createDraft(registry),
    ...(!registry && { isDefault: registries.length === 0 }),
  }));
  const [error, setError] = useState<Error>();
  const [saving, setSaving] = useState(false);
  const reading = readDraft(draft, providers, registry);
  const { provider, complete } = reading;
  const check = useConnectionCheck(draft, reading, registry);

  const change = (changes: Partial<RegistryDraft>) =>
    setDraft(before => ({ ...before, ...changes }));

  // Its sentence would stay beside values that it is no longer about.
  useEffect(() => setError(undefined), [draft]);

  const save = async () => {
    if (!provider) {
      return;
    }
    setSaving(true);
    try {
      const saved = registry
        ? await api.updateRegistry(registry.id, toUpdateBody(draft, registry))
        : await api.createRegistry(toCreateBody(draft, provider));
      onSaved(saved);
    } catch (failure) {
      setError(failure as Error);
      setSaving(false);
    }
  };

  return (
    <Dialog
      open
      onClose={(_, reason) => reason !== 'backdropClick' && onClose()}
      fullScreen={narrow}
      fullWidth
      maxWidth="md"
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>
        {registry
          ? t('form.editTitle', { name: registry.name })
          : t('form.addTitle')}
      </DialogTitle>
      {/* Leaving a field is when its value is meant: half a password is never tried. */}
      <DialogContent onBlur={check.runIfChanged}>
        <WhereSection
          draft={draft}
          reading={reading}
          providers={providers}
          kindFixed={registry !== undefined}
          onChange={change}
        />
        {provider && (
          <WhoSection
            draft={draft}
            reading={reading}
            provider={provider}
            registry={registry}
            onChange={change}
          />
        )}
        <AdvancedSection
          draft={draft}
          reading={reading}
          registry={registry}
          onChange={change}
        />
        <CheckSection check={check} complete={complete} />
        {error && <ErrorPanel error={error} title={t('form.notSaved')} />}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{shared('action.cancel')}</Button>
        <Button
          variant="contained"
          color="primary"
          disabled={!complete || saving}
          onClick={save}
        >
          {check.result && !check.result.ok
            ? t('form.saveAnyway')
            : shared('action.save')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
