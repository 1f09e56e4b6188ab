import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  DigestText,
  ImageName,
  PickedImage,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 2),
  },
}));

/** The image that was picked, and the way back to the picker. */
export function ChosenImage(props: { image: PickedImage; onChange(): void }) {
  const { image, onChange } = props;
  const classes = useStyles();
  const t = useTranslate(imageDeployTranslationRef);
  const { registryNames } = useDeploymentsContext();
  return (
    <div className={classes.root}>
      <Typography component="span">
        <ImageName
          registry={registryNames.get(image.registryId)}
          repository={image.repository}
          tag={image.tag}
        />
      </Typography>
      <DigestText digest={image.digest} />
      <Button size="small" variant="outlined" onClick={onChange}>
        {t('deploy.changeImage')}
      </Button>
    </div>
  );
}
