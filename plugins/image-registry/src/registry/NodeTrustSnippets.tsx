import { useState } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import Typography from '@material-ui/core/Typography';
import {
  NodeRuntime,
  nodeTrust,
  Registry,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  CodeBlock,
  SectionTitle,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';

const useStyles = makeStyles(theme => ({
  files: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    marginTop: theme.spacing(2),
    minWidth: 0,
  },
  path: { fontFamily: 'monospace', overflowWrap: 'anywhere' },
}));

/** Of container runtimes, whose names are the same in every language. */
const names: Readonly<Record<NodeRuntime, string>> = {
  containerd: 'containerd',
  'cri-o': 'CRI-O',
  k3s: 'k3s',
};

/** How a registry is pulled from, as far as nodes are concerned. */
type Trusted = Pick<Registry, 'address' | 'pullAddress' | 'tls'>;

/** The files that make nodes pull from a registry that a fresh node refuses. */
export function NodeTrustSnippets({ registry }: { registry: Trusted }) {
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const address = registry.pullAddress ?? registry.address;
  const snippets = nodeTrust({ address, tls: registry.tls });
  const [chosen, setChosen] = useState<NodeRuntime>('containerd');
  const shown = snippets.find(({ runtime }) => runtime === chosen);
  if (!shown) {
    return null;
  }
  return (
    <>
      <SectionTitle>{t('trust.title')}</SectionTitle>
      <Typography variant="body2">
        {t('trust.text', { why: t(`trust.${whyOf(registry)}`) })}
      </Typography>
      <Tabs
        value={chosen}
        onChange={(_, next) => setChosen(next)}
        indicatorColor="primary"
        variant="scrollable"
        scrollButtons="auto"
        aria-label={t('trust.runtime')}
      >
        {snippets.map(({ runtime }) => (
          <Tab key={runtime} value={runtime} label={names[runtime]} />
        ))}
      </Tabs>
      <div className={classes.files}>
        {shown.files.map(({ path, content }) => (
          <div key={path}>
            <Typography variant="body2" className={classes.path} gutterBottom>
              {path}
            </Typography>
            <CodeBlock text={content} what={t('trust.file', { path })} />
          </div>
        ))}
        {shown.command ? (
          <>
            <Typography variant="body2">{t('trust.command')}</Typography>
            <CodeBlock text={shown.command} what={t('trust.commandName')} />
          </>
        ) : (
          <Typography variant="body2">{t('trust.noCommand')}</Typography>
        )}
      </div>
    </>
  );
}

function whyOf({ address, pullAddress, tls }: Trusted) {
  if ((pullAddress ?? address).startsWith('http://')) {
    return 'http';
  }
  return tls.verify ? 'ca' : 'unverified';
}
