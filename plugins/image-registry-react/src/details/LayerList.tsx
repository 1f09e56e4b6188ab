import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Layer } from '@slipway/backstage-plugin-image-registry-common';
import { ByteSize, formatBytes } from '../components';
import { useLanguage } from '../hooks';
import { imageRegistryTranslationRef, useTranslate } from '../translation';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  layer: {
    padding: theme.spacing(1, 0),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  line: {
    display: 'flex',
    justifyContent: 'space-between',
    gap: theme.spacing(2),
  },
  instruction: {
    fontFamily: 'monospace',
    fontSize: '0.8rem',
    overflowWrap: 'anywhere',
    minWidth: 0,
  },
  size: { whiteSpace: 'nowrap', flexShrink: 0 },
  track: {
    height: 4,
    marginTop: theme.spacing(0.5),
    borderRadius: 2,
    backgroundColor: theme.palette.action.hover,
  },
  share: {
    height: '100%',
    minWidth: 1,
    borderRadius: 2,
    backgroundColor: theme.palette.info.main,
  },
}));

/** The layers of an image: what made each, its size, and its share. */
export function LayerList({ layers }: { layers: Layer[] }) {
  const classes = useStyles();
  const language = useLanguage();
  const t = useTranslate(imageRegistryTranslationRef);
  const total = layers.reduce((sum, layer) => sum + layer.size, 0);
  const percent = new Intl.NumberFormat(language, {
    style: 'percent',
    maximumFractionDigits: 1,
  });
  return (
    <>
      <Typography variant="body2" color="textSecondary">
        {t('image.layerCount', {
          total: String(layers.length),
          size: formatBytes(total, language),
        })}
      </Typography>
      <ol className={classes.list}>
        {layers.map((layer, index) => {
          const share = total === 0 ? 0 : layer.size / total;
          return (
            // The same layer, for example the empty one, may come twice.
            // eslint-disable-next-line react/no-array-index-key
            <li key={`${layer.digest} ${index}`} className={classes.layer}>
              <div className={classes.line}>
                <span className={classes.instruction} title={layer.digest}>
                  {layer.instruction ?? t('image.noInstruction')}
                </span>
                <Typography
                  variant="body2"
                  component="span"
                  className={classes.size}
                >
                  <ByteSize bytes={layer.size} />
                </Typography>
              </div>
              <div
                className={classes.track}
                title={t('image.layerShare', { share: percent.format(share) })}
              >
                <div
                  className={classes.share}
                  style={{ width: `${share * 100}%` }}
                />
              </div>
            </li>
          );
        })}
      </ol>
    </>
  );
}
