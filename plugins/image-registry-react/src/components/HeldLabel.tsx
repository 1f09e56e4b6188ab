import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import LockIcon from '@material-ui/icons/Lock';
import { imageRegistryTranslationRef } from '../translation';
import { StateLabel } from './StateLabel';

/**
 * The mark of a target on which the automation is held.
 *
 * @public
 */
export function HeldLabel({ reason }: { reason?: string }) {
  const { t } = useTranslationRef(imageRegistryTranslationRef);
  return (
    <StateLabel icon={LockIcon} tone="warning">
      {reason ? `${t('mark.held')}: ${reason}` : t('mark.held')}
    </StateLabel>
  );
}
