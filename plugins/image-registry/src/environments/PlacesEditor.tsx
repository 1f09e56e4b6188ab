import Button from '@material-ui/core/Button';
import FormHelperText from '@material-ui/core/FormHelperText';
import FormLabel from '@material-ui/core/FormLabel';
import IconButton from '@material-ui/core/IconButton';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import DeleteIcon from '@material-ui/icons/Delete';
import {
  Cluster,
  Place,
} from '@slipway/backstage-plugin-image-registry-common';
import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { ChipsField } from '../form';
import { imageRegistryPageTranslationRef } from '../translation';

const useStyles = makeStyles(theme => ({
  root: { border: 0, padding: 0, margin: 0, minWidth: 0 },
  place: {
    display: 'grid',
    gridTemplateColumns: 'minmax(120px, 1fr) minmax(0, 2fr) auto',
    gap: theme.spacing(1),
    alignItems: 'start',
    marginTop: theme.spacing(1.5),
    gridTemplateAreas: '"cluster namespaces remove"',
    [theme.breakpoints.down('xs')]: {
      gridTemplateColumns: 'minmax(0, 1fr) auto',
      gridTemplateAreas: '"cluster remove" "namespaces namespaces"',
    },
  },
  cluster: { gridArea: 'cluster' },
  namespaces: { gridArea: 'namespaces', minWidth: 0 },
  remove: { gridArea: 'remove' },
}));

interface PlacesEditorProps {
  places: Place[];
  clusters: Cluster[];
  /** Why they were refused. */
  problem?: string;
  onChange(places: Place[]): void;
}

/** Clusters with Kubernetes namespaces by name or pattern. */
export function PlacesEditor(props: PlacesEditorProps) {
  const { places, clusters, problem, onChange } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const replace = (index: number, place: Place) =>
    onChange(places.map((other, at) => (at === index ? place : other)));

  return (
    <fieldset className={classes.root}>
      <FormLabel component="legend">{t('environments.places')}</FormLabel>
      {places.map((place, index) => {
        const id = `environment-place-${index}`;
        // A place may name a cluster that has left the configuration.
        const names = new Set([
          ...clusters.map(({ name }) => name),
          ...(place.cluster ? [place.cluster] : []),
        ]);
        return (
          // Places have no id; they are only appended and removed.
          // eslint-disable-next-line react/no-array-index-key
          <div key={index} className={classes.place}>
            <TextField
              select
              className={classes.cluster}
              id={id}
              size="small"
              variant="outlined"
              label={t('environments.cluster')}
              SelectProps={{ labelId: `${id}-label` }}
              InputLabelProps={{ id: `${id}-label` }}
              value={place.cluster}
              onChange={event =>
                replace(index, { ...place, cluster: event.target.value })
              }
            >
              {[...names].map(name => (
                <MenuItem key={name} value={name}>
                  {name}
                </MenuItem>
              ))}
            </TextField>
            <div className={classes.namespaces}>
              <ChipsField
                label={t('environments.kubernetesNamespaces')}
                helperText={t('environments.namespacesHelper')}
                values={place.namespaces}
                onChange={namespaces =>
                  replace(index, { ...place, namespaces })
                }
              />
            </div>
            <IconButton
              size="small"
              className={classes.remove}
              aria-label={t('environments.removePlace')}
              disabled={places.length === 1}
              onClick={() => onChange(places.filter((_, at) => at !== index))}
            >
              <DeleteIcon />
            </IconButton>
          </div>
        );
      })}
      {problem && (
        <FormHelperText error role="alert">
          {problem}
        </FormHelperText>
      )}
      <Button
        size="small"
        color="primary"
        onClick={() =>
          onChange([
            ...places,
            { cluster: clusters[0]?.name ?? '', namespaces: [] },
          ])
        }
      >
        {t('environments.addPlace')}
      </Button>
    </fieldset>
  );
}
