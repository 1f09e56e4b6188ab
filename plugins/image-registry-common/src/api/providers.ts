import { z } from 'zod';

/** One field of a provider's form; `secret` fields are write-only. */
export const formFieldSchema = z.object({
  /** Key in `credentials` (when `in` is `credentials`) or in `options`. */
  name: z.string(),
  in: z.enum(['credentials', 'options']),
  type: z.enum(['text', 'secret', 'boolean', 'select', 'multiline']),
  /** English label in the vendor's own words. */
  label: z.string(),
  helperText: z.string().optional(),
  placeholder: z.string().optional(),
  required: z.boolean().optional(),
  /** Id of the sign-in method it belongs to; absent: shown with each. */
  method: z.string().optional(),
  options: z
    .array(z.object({ value: z.string(), label: z.string() }))
    .optional(),
  /**
   * Of a text that the registry's host may tell: regular expressions, whose
   * last group is it. What is found is shown in the field.
   */
  fromHost: z.array(z.string()).optional(),
  /** Only shown: the host alone decides. */
  readOnly: z.boolean().optional(),
  /** Translations of label and helper text by language, for example `zh`. */
  translations: z
    .record(
      z.string(),
      z.object({ label: z.string(), helperText: z.string().optional() }),
    )
    .optional(),
});
/** {@inheritDoc formFieldSchema} */
export type FormField = z.infer<typeof formFieldSchema>;

/**
 * One way to sign in to a vendor, for example by its Docker password or by
 * access keys. The chosen one is kept in `options.signIn`.
 */
export const signInMethodSchema = z.object({
  id: z.string(),
  label: z.string(),
  helperText: z.string().optional(),
  /**
   * Signs in with an identity of the backend itself. Whoever edits such a
   * registry may not lead its traffic through a proxy or authority of their
   * choice: they would see logins that nobody gave them.
   */
  ownIdentity: z.boolean().optional(),
  translations: z
    .record(
      z.string(),
      z.object({ label: z.string(), helperText: z.string().optional() }),
    )
    .optional(),
});
/** {@inheritDoc signInMethodSchema} */
export type SignInMethod = z.infer<typeof signInMethodSchema>;

/** Name of the option that holds the id of the chosen sign-in method. */
export const SIGN_IN_OPTION = 'signIn';

/** How a vendor's webhook is made by hand, one sentence a step. */
export const webhookRecipeSchema = z.object({
  /**
   * What the vendor's webhooks prove themselves with: a header, Basic, a part
   * of the URL, an HMAC of the body, or a signature of the vendor (an OIDC
   * token of Google Pub/Sub, the certificate of Amazon SNS).
   */
  authentication: z.enum(['header', 'basic', 'url', 'hmac', 'oidc', 'sns']),
  /**
   * What an endpoint must know to verify the vendor's signature, for example
   * the audience of the token. Not secret; `in` is `options`.
   */
  settings: z.array(formFieldSchema).optional(),
  /**
   * Steps; `{{url}}`, `{{secret}}`, `{{address}}`, `{{host}}`,
   * `{{namespace}}` and `{{repositories}}` are filled in.
   */
  steps: z.array(z.string()),
  /** A configuration snippet with the same placeholders. */
  snippet: z.string().optional(),
  translations: z.record(z.string(), z.array(z.string())).optional(),
});
/** {@inheritDoc webhookRecipeSchema} */
export type WebhookRecipe = z.infer<typeof webhookRecipeSchema>;

/** What a registry provider is and can do; the settings page is drawn from it. */
export const providerDescriptorSchema = z.object({
  id: z.string(),
  title: z.string(),
  form: z.object({
    fields: z.array(formFieldSchema),
    addressPlaceholder: z.string(),
    /** What the vendor calls the address, for example URI; absent: Address. */
    addressLabel: z.string().optional(),
    /** What the vendor calls the place below the address, for example Project. */
    namespaceLabel: z.string().optional(),
    /** The two labels in other languages, for example `zh`. */
    labelTranslations: z
      .record(
        z.string(),
        z.object({
          address: z.string().optional(),
          namespace: z.string().optional(),
        }),
      )
      .optional(),
    anonymous: z.boolean(),
    /** Absent: one way only. The first is the default. */
    methods: z.array(signInMethodSchema).optional(),
  }),
  /** Hosts (exact or `*.suffix`) from which this provider is suggested. */
  hosts: z.array(z.string()),
  capabilities: z.object({
    catalog: z.boolean(),
    pushTime: z.boolean(),
    size: z.boolean(),
    search: z.boolean(),
    /** Tags come with a summary of their vulnerability scan. */
    scan: z.boolean().optional(),
    /** Tags come with whether they are signed. */
    signature: z.boolean().optional(),
    /** Tags come with whether they may be overwritten. */
    immutability: z.boolean().optional(),
    /** Repositories come with whether they are public. */
    visibility: z.boolean().optional(),
    /** The room that is left can be read. */
    quota: z.boolean().optional(),
    /** The vendor's API can make the webhook. */
    createWebhook: z.boolean().optional(),
    /** Hands out logins that end by themselves, for clusters to pull with. */
    temporaryPullCredential: z.boolean().optional(),
  }),
  webhook: webhookRecipeSchema.optional(),
});
/** {@inheritDoc providerDescriptorSchema} */
export type ProviderDescriptor = z.infer<typeof providerDescriptorSchema>;
