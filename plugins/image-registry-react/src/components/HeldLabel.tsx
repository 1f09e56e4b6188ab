import LockIcon from '@material-ui/icons/Lock';
import { imageRegistryTranslationRef, useTranslate } from '../translation';
import { StateLabel } from './StateLabel';

/**
 * The mark of a target on which the automation is held.
 *
 * @public
 */
export function HeldLabel({ reason }: { reason?: string }) {
  const t = useTranslate(imageRegistryTranslationRef);
  return (
    <StateLabel icon={LockIcon} tone="warning">
      {reason ? `${t('mark.held')}: ${reason}` : t('mark.held')}
    </StateLabel>
  );
}
