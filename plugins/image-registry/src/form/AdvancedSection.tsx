import { useId } from 'react';
import Accordion from '@material-ui/core/Accordion';
import AccordionDetails from '@material-ui/core/AccordionDetails';
import AccordionSummary from '@material-ui/core/AccordionSummary';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import { makeStyles } from '@material-ui/core/styles';
import Switch from '@material-ui/core/Switch';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import Alert from '@material-ui/lab/Alert';
import { Registry } from '@slipway/backstage-plugin-image-registry-common';
import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { GrantsEditor } from './GrantsEditor';
import { PullLogin } from './PullLogin';
import { ReadDraft } from './readDraft';
import { RegistryDraft } from './RegistryDraft';

const useStyles = makeStyles(theme => ({
  root: { margin: theme.spacing(3, 0) },
  fields: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    width: '100%',
  },
  certificate: { fontFamily: 'monospace', fontSize: '0.8rem' },
}));

interface AdvancedSectionProps {
  draft: RegistryDraft;
  reading: ReadDraft;
  /** The registry that is edited. */
  registry?: Registry;
  onChange(changes: Partial<RegistryDraft>): void;
}

/** TLS, what clusters pull with, proxy, who may use it, default; folded. */
export function AdvancedSection(props: AdvancedSectionProps) {
  const { draft, reading, registry, onChange } = props;
  // The default is replaced by another one, never unset.
  const wasDefault = registry?.isDefault ?? false;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const id = useId();
  return (
    <Accordion
      variant="outlined"
      className={classes.root}
      TransitionProps={{ unmountOnExit: true }}
    >
      <AccordionSummary
        expandIcon={<ExpandMoreIcon />}
        id={`${id}-head`}
        aria-controls={`${id}-content`}
      >
        <Typography>{t('form.advanced')}</Typography>
      </AccordionSummary>
      <AccordionDetails>
        <div className={classes.fields}>
          <FormControlLabel
            control={
              <Switch
                color="primary"
                checked={draft.verifyTls}
                onChange={(_, checked) => onChange({ verifyTls: checked })}
              />
            }
            label={t('form.verifyTls')}
          />
          {!draft.verifyTls && (
            <Alert severity="warning">{t('form.verifyTlsWarning')}</Alert>
          )}
          <TextField
            id="registry-ca"
            size="small"
            variant="outlined"
            multiline
            minRows={3}
            maxRows={8}
            label={t('form.caCertificate')}
            helperText={t('form.caCertificateHelper')}
            placeholder="-----BEGIN CERTIFICATE-----"
            value={draft.caCertificate}
            onChange={event => onChange({ caCertificate: event.target.value })}
            InputProps={{ classes: { input: classes.certificate } }}
            inputProps={{ spellCheck: false }}
          />
          <TextField
            id="registry-pull-address"
            size="small"
            variant="outlined"
            label={t('form.pullAddress')}
            helperText={t('form.pullAddressHelper')}
            value={draft.pullAddress}
            onChange={event => onChange({ pullAddress: event.target.value })}
          />
          <PullLogin
            draft={draft}
            needsAgain={reading.needsPullLoginAgain}
            stored={registry?.hasPullCredentials ?? false}
            onChange={onChange}
          />
          <TextField
            id="registry-proxy"
            size="small"
            variant="outlined"
            label={t('form.proxy')}
            helperText={t('form.proxyHelper')}
            placeholder="http://proxy.example.com:3128"
            value={draft.proxy}
            onChange={event => onChange({ proxy: event.target.value })}
            inputProps={{ spellCheck: false }}
          />
          <GrantsEditor
            grants={draft.grants}
            onChange={grants => onChange({ grants })}
          />
          <FormControlLabel
            control={
              <Switch
                color="primary"
                checked={draft.isDefault}
                disabled={wasDefault}
                onChange={(_, checked) => onChange({ isDefault: checked })}
              />
            }
            label={t('form.isDefault')}
          />
          {wasDefault && (
            <Typography variant="body2" color="textSecondary">
              {t('form.defaultReplaced')}
            </Typography>
          )}
        </div>
      </AccordionDetails>
    </Accordion>
  );
}
