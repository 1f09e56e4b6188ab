import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  Registry,
  WebhookRecipe as Recipe,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  CodeBlock,
  useLanguage,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';

const useStyles = makeStyles(theme => ({
  root: { width: '100%', minWidth: 0 },
  steps: {
    marginTop: 0,
    paddingLeft: theme.spacing(3),
    overflowWrap: 'anywhere',
  },
}));

interface WebhookRecipeProps {
  recipe: Recipe;
  url: string;
  registry: Registry;
  /** Absent: all. */
  repositories?: string[];
  /** Known only right after it was made. */
  secret?: string;
}

/** How a webhook is made at the vendor, with the person's own values. */
export function WebhookRecipe(props: WebhookRecipeProps) {
  const { recipe, url, registry, repositories, secret } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const language = useLanguage();
  const values: Record<string, string> = {
    url,
    address: registry.address,
    host: new URL(registry.address).host,
    namespace: registry.namespace ?? `<${t('webhooks.yourNamespace')}>`,
    repositories: repositories?.join(', ') ?? t('webhooks.allRepositories'),
    secret: secret ?? `<${t('webhooks.theSecret')}>`,
  };
  const fill = (text: string) =>
    text.replace(/\{\{(\w+)\}\}/g, (whole, name) => values[name] ?? whole);
  const steps = recipe.translations?.[language] ?? recipe.steps;

  return (
    <div className={classes.root}>
      <ol className={classes.steps}>
        {steps.map(step => (
          <Typography key={step} variant="body2" component="li">
            {fill(step)}
          </Typography>
        ))}
      </ol>
      {recipe.snippet && (
        <CodeBlock text={fill(recipe.snippet)} what={t('webhooks.snippet')} />
      )}
    </div>
  );
}
