import { makeStyles } from '@material-ui/core/styles';
import { Target } from '@slipway/backstage-plugin-image-registry-common';
import {
  GuardedButton,
  shortDigest,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';
import { promotionTo } from './promotion';

// Names of tags and environments tell apart capitals.
const useStyles = makeStyles({ names: { textTransform: 'none' } });

/**
 * Opens the deploy dialog with what runs in the environment before, unless
 * that is on its way already.
 */
export function PromoteButton(props: {
  target: Target;
  deniedReason?: string;
}) {
  const { target, deniedReason } = props;
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const { running, rollouts, location } = useDeploymentsContext();
  const promotion = promotionTo(target, running);
  const underWay = rollouts.find(({ id }) => id === target.activeRolloutId);
  if (!promotion || promotion.digest === underWay?.image.digest) {
    return null;
  }
  const { environment, image, digest } = promotion;
  const { tag, ...place } = image;
  return (
    <GuardedButton
      size="small"
      variant="outlined"
      className={classes.names}
      deniedReason={deniedReason}
      onClick={() =>
        location.open('deploy', {
          targetKey: target.key,
          image: { ...place, reference: tag ?? digest, digest },
        })
      }
    >
      {t('promote.button', { environment, image: tag ?? shortDigest(digest) })}
    </GuardedButton>
  );
}
