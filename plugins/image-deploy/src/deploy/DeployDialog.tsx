import { useEffect, useId, useState } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles, Theme } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import Alert from '@material-ui/lab/Alert';
import { Target } from '@slipway/backstage-plugin-image-registry-common';
import {
  ErrorPanel,
  GuardedButton,
  ImagePicker,
  PickedImage,
  SectionTitle,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useTargetObstacles } from '../lanes/useTargetObstacles';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';
import { ChosenImage } from './ChosenImage';
import { DeployPlan } from './DeployPlan';
import { EmergencyQuestion } from './EmergencyQuestion';
import { ImageComparison } from './ImageComparison';
import { OtherContainers, OtherImage } from './OtherContainers';
import { TargetSelect } from './TargetSelect';
import { useDeployPlan } from './useDeployPlan';
import { useLinkedImage } from './useLinkedImage';

const useStyles = makeStyles(theme => ({
  content: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
  },
}));

/**
 * One dialog from the choice of an image to its rollout: where, what, what
 * would change and what stands against it, why, Deploy.
 */
export function DeployDialog({ targets }: { targets: Target[] }) {
  const classes = useStyles();
  const titleId = useId();
  const t = useTranslate(imageDeployTranslationRef);
  const { entity, location } = useDeploymentsContext();
  const narrow = useMediaQuery((theme: Theme) => theme.breakpoints.down('xs'));
  const [chosenKey, setChosenKey] = useState(location.targetKey);
  const target =
    targets.find(({ key }) => key === chosenKey) ??
    targets.find(({ writable }) => writable.ok) ??
    targets[0];
  return (
    <Dialog
      open
      onClose={location.close}
      maxWidth="md"
      fullWidth
      fullScreen={narrow}
      scroll="paper"
      aria-labelledby={titleId}
    >
      <DialogTitle id={titleId}>
        {t('deploy.title', { component: entity.metadata.name })}
      </DialogTitle>
      {target ? (
        <DeployForm
          key={target.key}
          target={target}
          targetSelect={
            <TargetSelect
              targets={targets}
              value={target}
              onChange={next => setChosenKey(next.key)}
            />
          }
        />
      ) : (
        <DialogContent className={classes.content}>
          {t('empty.title', { name: entity.metadata.name })}
        </DialogContent>
      )}
    </Dialog>
  );
}

function DeployForm(props: { target: Target; targetSelect: JSX.Element }) {
  const { target, targetSelect } = props;
  const classes = useStyles();
  const reasonId = useId();
  const t = useTranslate(imageDeployTranslationRef);
  const { entityRef, location, refetch } = useDeploymentsContext();
  const obstacles = useTargetObstacles(target);
  const linked = useLinkedImage(entityRef, location.linkedImage);
  const [image, setImage] = useState<PickedImage>();
  const [others, setOthers] = useState<OtherImage[]>([]);
  const [picking, setPicking] = useState(false);
  const chosen = image ?? linked.image;
  const plan = useDeployPlan({
    entityRef,
    target,
    image: chosen,
    others,
    onlyInEmergency: Boolean(obstacles.deploy) && !obstacles.emergency,
  });

  useEffect(() => {
    if (plan.started) {
      refetch();
      location.close();
    }
  }, [plan.started, refetch, location]);

  return (
    <>
      <DialogContent className={classes.content} dividers>
        <SectionTitle>{t('deploy.where')}</SectionTitle>
        {targetSelect}
        <SectionTitle>{t('deploy.what')}</SectionTitle>
        {linked.error && !image && (
          <ErrorPanel
            error={linked.error}
            title={t('deploy.linkFailed')}
            onRetry={linked.refetch}
          />
        )}
        {chosen && !picking && (
          <ChosenImage image={chosen} onChange={() => setPicking(true)} />
        )}
        {(picking || !chosen) && !linked.loading && (
          <ImagePicker
            entityRef={entityRef}
            initial={pickerStart(target, chosen)}
            onPick={picked => {
              setImage(picked);
              setPicking(false);
            }}
          />
        )}
        {chosen && !picking && (
          <>
            <ImageComparison target={target} image={chosen} />
            <OtherContainers
              target={target}
              others={others}
              onChange={setOthers}
            />
            {plan.asksFirst ? (
              <Alert severity="info">{t('emergency.first')}</Alert>
            ) : (
              <DeployPlan
                plan={plan}
                target={target}
                consentDenied={obstacles.consent}
                fixDenied={obstacles.deploy}
                others={others}
                onUseDigest={(digest, container) =>
                  container === target.ref.container
                    ? setImage({ ...chosen, digest })
                    : setOthers(withDigest(others, container, digest))
                }
              />
            )}
            <EmergencyQuestion
              target={target}
              reason={plan.emergency}
              onChange={plan.setEmergency}
            />
            <TextField
              id={reasonId}
              label={t('deploy.reason')}
              helperText={t('deploy.reasonHelp')}
              value={plan.reason}
              onChange={event => plan.setReason(event.target.value)}
              inputProps={{ maxLength: 500 }}
              variant="outlined"
              margin="dense"
              fullWidth
            />
          </>
        )}
        {plan.failure && (
          <ErrorPanel error={plan.failure} title={t('deploy.failed')} />
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={location.close}>{t('action.cancel')}</Button>
        <GuardedButton
          variant="contained"
          color="primary"
          disabled={plan.busy}
          deniedReason={
            obstacles[plan.emergency === undefined ? 'deploy' : 'emergency'] ??
            (chosen && !picking ? plan.obstacle : t('deploy.chooseFirst'))
          }
          onClick={plan.deploy}
        >
          {plan.busy ? t('deploy.deploying') : t('deploy.deploy')}
        </GuardedButton>
      </DialogActions>
    </>
  );
}

/** The same images, one of them with the digest that its tag means now. */
function withDigest(
  others: OtherImage[],
  container: string,
  digest: string,
): OtherImage[] {
  return others.map(other =>
    other.container === container
      ? { ...other, image: { ...other.image, digest } }
      : other,
  );
}

/** The picker begins where the target's image comes from. */
function pickerStart(target: Target, chosen: PickedImage | undefined) {
  return {
    registryId: chosen?.registryId ?? target.registryId,
    repository: chosen?.repository ?? target.repository,
  };
}
