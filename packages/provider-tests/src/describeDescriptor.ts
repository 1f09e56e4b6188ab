import {
  FormField,
  providerDescriptorSchema,
} from '@slipway/backstage-plugin-image-registry-common';
import { RegistryProvider } from '@slipway/backstage-plugin-image-registry-node';

const placeholders = [
  'url',
  'secret',
  'address',
  'host',
  'namespace',
  'repositories',
];

/** What a person reads in Chinese must say as much as in English. */
function untranslated(
  entries: readonly Pick<
    FormField,
    'label' | 'helperText' | 'translations'
  >[] = [],
): string[] {
  return entries
    .filter(({ helperText, translations }) => {
      const zh = translations?.zh;
      return !zh?.label || Boolean(helperText) !== Boolean(zh.helperText);
    })
    .map(({ label }) => label);
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);
}

/**
 * What a kind of registry shows of itself: the form, its helper texts and the
 * webhook's recipe, all in both languages.
 */
export function describeDescriptor({
  descriptor,
}: Pick<RegistryProvider, 'descriptor'>): void {
  describe(`the descriptor of ${descriptor.title}`, () => {
    const { form, webhook } = descriptor;

    it('keeps to the contract', () => {
      expect(providerDescriptorSchema.parse(descriptor)).toEqual(descriptor);
    });

    it('has its form in both languages', () => {
      expect(untranslated(form.fields)).toEqual([]);
      expect(untranslated(form.methods)).toEqual([]);
      const { address, namespace } = form.labelTranslations?.zh ?? {};
      expect([Boolean(address), Boolean(namespace)]).toEqual([
        Boolean(form.addressLabel),
        Boolean(form.namespaceLabel),
      ]);
      expect(untranslated(webhook?.settings)).toEqual([]);
    });

    it('gives each field of a method one that exists', () => {
      const methods = form.methods?.map(({ id }) => id) ?? [];
      const given = form.fields.flatMap(({ method }) => method ?? []);
      expect(given.filter(each => !methods.includes(each))).toEqual([]);
    });

    it('has its recipe in both languages, with known placeholders', () => {
      const steps = webhook?.steps ?? [];
      const translated = webhook?.translations?.zh ?? [];
      expect(translated).toHaveLength(steps.length);
      const text = [...steps, ...translated, webhook?.snippet ?? ''].join('\n');
      expect(
        namesIn(text).filter(name => !placeholders.includes(name)),
      ).toEqual([]);
      // Without the URL nothing can be set up.
      expect(webhook && !text.includes('{{url}}')).not.toBe(true);
    });
  });
}
