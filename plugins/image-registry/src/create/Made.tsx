import { useEffect, useState } from 'react';
import { parseEntityRef } from '@backstage/catalog-model';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import LinearProgress from '@material-ui/core/LinearProgress';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { CreatedWorkload } from '@slipway/backstage-plugin-image-registry-common';
import {
  SectionTitle,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { Link as RouterLink, useNavigate } from 'react-router-dom';
import { Panel } from '../page/Panel';
import { imageRegistryPageTranslationRef } from '../translation';
import { DownloadCatalogInfo } from './DownloadCatalogInfo';
import { ObjectList } from './ObjectList';

/** Time between two questions to the catalog, in ms. */
const ASK_EVERY = 1_000;
/** The catalog is told within seconds; later something is wrong, in ms. */
const PATIENCE = 60_000;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    alignItems: 'flex-start',
  },
  progress: { width: '100%' },
}));

/** What was made; goes on to the deploy tab as soon as the catalog knows it. */
export function Made(props: { answer: CreatedWorkload; existed: boolean }) {
  const { answer, existed } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const navigate = useNavigate();
  const { kind, namespace, name } = parseEntityRef(answer.entityRef);
  const page = useRouteRef(entityRouteRef)({ kind, namespace, name });
  const tab = `${page}/deploy`;
  const known = useKnown(answer.entityRef);

  useEffect(() => {
    if (known === 'known') {
      navigate(tab, { replace: true });
    }
  }, [known, tab, navigate]);

  return (
    <Panel>
      <div className={classes.root} role="status">
        <SectionTitle component="h2">{t('create.made', { name })}</SectionTitle>
        <ObjectList objects={answer.objects} />
        {known === 'late' ? (
          <Alert severity="warning">{t('create.late')}</Alert>
        ) : (
          <>
            <Typography variant="body2">{t('create.waiting')}</Typography>
            <LinearProgress
              className={classes.progress}
              aria-label={t('create.waiting')}
            />
          </>
        )}
        {!existed && <DownloadCatalogInfo text={answer.catalogInfo} />}
        <Button
          component={RouterLink}
          to={tab}
          variant="outlined"
          color="primary"
        >
          {t('create.openDeploy')}
        </Button>
      </div>
    </Panel>
  );
}

/** Asks the catalog for a component until it has it. */
function useKnown(entityRef: string): 'asking' | 'known' | 'late' {
  const catalogApi = useApi(catalogApiRef);
  const [state, setState] = useState<'asking' | 'known' | 'late'>('asking');
  useEffect(() => {
    const since = Date.now();
    let timer: ReturnType<typeof setTimeout>;
    let gone = false;
    const ask = async () => {
      const found = await catalogApi
        .getEntityByRef(entityRef)
        // Asked again in a moment; the button goes there anyway.
        .catch(() => undefined);
      if (gone) {
        return;
      }
      if (found) {
        setState('known');
        return;
      }
      if (Date.now() - since > PATIENCE) {
        setState('late');
      }
      timer = setTimeout(ask, ASK_EVERY);
    };
    ask();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [catalogApi, entityRef]);
  return state;
}
