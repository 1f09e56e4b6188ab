import { useId } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import { Target } from '@slipway/backstage-plugin-image-registry-common';
import {
  CodeBlock,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { lastReturn } from '../lanes';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';
import { kubectlRollback } from './kubectlRollback';

/** The way back without the portal, to be copied. */
export function KubectlDialog({ target }: { target: Target }) {
  const titleId = useId();
  const t = useTranslate(imageDeployTranslationRef);
  const { location, rollouts } = useDeploymentsContext();
  const rollout = lastReturn(rollouts, target.key);
  return (
    <Dialog
      open
      onClose={location.close}
      maxWidth="md"
      fullWidth
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>{t('menu.kubectl')}</DialogTitle>
      <DialogContent>
        {rollout ? (
          <>
            <Typography gutterBottom>
              {t('kubectl.explanation', { cluster: target.ref.cluster })}
            </Typography>
            <CodeBlock
              text={kubectlRollback(rollout)}
              what={t('menu.kubectl')}
            />
          </>
        ) : (
          <Typography>{t('card.nothingToReturnTo')}</Typography>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={location.close}>{t('kubectl.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
