import { InputError } from '@backstage/errors';
import {
  because,
  refusal,
  WebhookFormat,
} from '@slipway/backstage-plugin-image-registry-node';
import { invalidInput, neededField, unknownField } from '../http';
import { RegistryService } from '../registries';

/** @throws InputError when the registry's kind sends no webhooks */
export async function webhookFormatOf(
  registries: RegistryService,
  registryId: string,
): Promise<WebhookFormat> {
  const registry = await registries.get(registryId);
  const { webhook } = registries.provider(registry.provider);
  if (!webhook) {
    throw refusal(
      InputError,
      because('no-webhooks', `${registry.name} has no webhooks`, {
        registry: registry.name,
      }),
    );
  }
  return webhook;
}

/**
 * What verifies a signature is given whole or not at all.
 *
 * @throws InputError naming what is unknown or missing
 */
export function checkSettings(
  format: WebhookFormat,
  settings: Record<string, string> = {},
): void {
  const required = format.authentication.flatMap(way =>
    way.type === 'signed' ? way.requires : [],
  );
  const given = Object.keys(settings).filter(name => settings[name]);
  const unknown = given.filter(name => !required.includes(name));
  const missing = required.filter(name => !given.includes(name));
  const problems = [
    ...unknown.map(name => unknownField(`settings.${name}`)),
    ...(given.length ? missing : []).map(name =>
      neededField(`settings.${name}`),
    ),
  ];
  if (problems.length) {
    throw invalidInput('body', problems);
  }
}
