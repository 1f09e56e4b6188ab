import Button from '@material-ui/core/Button';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { Grant } from '@slipway/backstage-plugin-image-registry-common';
import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { ChipsField } from './ChipsField';

const useStyles = makeStyles(theme => ({
  grant: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    padding: theme.spacing(2),
    marginTop: theme.spacing(1),
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
  },
  remove: { alignSelf: 'flex-end' },
}));

const KINDS = {
  owners: ['Group', 'User'],
  systems: ['System'],
  domains: ['Domain'],
  catalogNamespaces: undefined,
} as const;

interface GrantsEditorProps {
  grants: Grant[];
  onChange(grants: Grant[]): void;
}

/** Who may use which repositories of a registry. */
export function GrantsEditor({ grants, onChange }: GrantsEditorProps) {
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const replace = (index: number, grant: Grant) =>
    onChange(grants.map((other, place) => (place === index ? grant : other)));

  return (
    <fieldset style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
      <FormLabel component="legend">{t('grants.title')}</FormLabel>
      {grants.length === 0 && (
        <Alert severity="info">{t('grants.nobodyHelper')}</Alert>
      )}
      {grants.map((grant, index) => (
        // Grants have no id; they are only appended and removed.
        // eslint-disable-next-line react/no-array-index-key
        <div key={index} className={classes.grant}>
          <GrantFields
            grant={grant}
            onChange={changed => replace(index, changed)}
          />
          <Button
            size="small"
            className={classes.remove}
            onClick={() =>
              onChange(grants.filter((_, place) => place !== index))
            }
          >
            {t('grants.remove')}
          </Button>
        </div>
      ))}
      <Button
        size="small"
        color="primary"
        onClick={() => onChange([...grants, { to: 'all' }])}
      >
        {t('grants.add')}
      </Button>
    </fieldset>
  );
}

function GrantFields(props: { grant: Grant; onChange(grant: Grant): void }) {
  const { grant, onChange } = props;
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { to } = grant;
  return (
    <>
      <RadioGroup
        row
        aria-label={t('grants.title')}
        value={to === 'all' ? 'all' : 'some'}
        onChange={(_, value) =>
          onChange({ ...grant, to: value === 'all' ? 'all' : {} })
        }
      >
        <FormControlLabel
          value="all"
          control={<Radio color="primary" size="small" />}
          label={t('grants.everyone')}
        />
        <FormControlLabel
          value="some"
          control={<Radio color="primary" size="small" />}
          label={t('grants.some')}
        />
      </RadioGroup>
      {to !== 'all' &&
        (Object.keys(KINDS) as Array<keyof typeof KINDS>).map(field => (
          <ChipsField
            key={field}
            label={t(`grants.${field}`)}
            entityKind={KINDS[field] && [...KINDS[field]]}
            values={to[field] ?? []}
            onChange={values =>
              onChange({
                ...grant,
                to: { ...to, [field]: values.length ? values : undefined },
              })
            }
          />
        ))}
      <ChipsField
        label={t('grants.repositories')}
        helperText={t('grants.repositoriesHelper')}
        values={grant.repositories ?? []}
        onChange={values =>
          onChange({
            ...grant,
            repositories: values.length ? values : undefined,
          })
        }
      />
    </>
  );
}
