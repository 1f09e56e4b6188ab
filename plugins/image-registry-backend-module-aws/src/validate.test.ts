import { providerDescriptorSchema } from '@slipway/backstage-plugin-image-registry-common';
import { createEcrProvider } from './createEcrProvider';
import { validateEcr } from './validate';

const address = 'https://123456789012.dkr.ecr.eu-west-1.amazonaws.com';
const keys = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const roleArn = 'arn:aws:iam::123456789012:role/team/portal';

type Input = Parameters<typeof validateEcr>[0];

describe('validateEcr', () => {
  it.each<[string, Partial<Input>]>([
    ['keys', { credentials: keys }],
    ['keys that are kept', {}],
    ['a role', { credentials: keys, options: { roleArn, externalId: 'x' } }],
    [
      'a role of China',
      { options: { roleArn: roleArn.replace('aws', 'aws-cn') } },
    ],
    [
      'temporary keys',
      {
        credentials: {
          ...keys,
          accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
          sessionToken: 't',
        },
      },
    ],
    [
      'ECR Public without keys',
      { address: 'https://public.ecr.aws', options: { signIn: 'anonymous' } },
    ],
  ])('takes %s', (_name, input) => {
    expect(validateEcr({ address, options: {}, ...input })).toEqual({});
  });

  it.each<[string, Partial<Input>, string, RegExp]>([
    [
      'a private registry without keys',
      { options: { signIn: 'anonymous' } },
      'options.signIn',
      /needs an identity/,
    ],
    [
      'an e-mail address for a key',
      { credentials: { ...keys, accessKeyId: 'me@example.com' } },
      'credentials.accessKeyId',
      /letters and digits only/,
    ],
    [
      'temporary keys without their token',
      { credentials: { ...keys, accessKeyId: 'ASIAIOSFODNN7EXAMPLE' } },
      'credentials.sessionToken',
      /temporary/,
    ],
    [
      'a user for a role',
      { options: { roleArn: 'arn:aws:iam::123456789012:user/me' } },
      'options.roleArn',
      /not the ARN of a role/,
    ],
    [
      'a role of nobody',
      {
        address: 'https://public.ecr.aws',
        options: { signIn: 'anonymous', roleArn },
      },
      'options.roleArn',
      /needs an identity/,
    ],
    [
      'an external ID without a role',
      { options: { externalId: 'x' } },
      'options.externalId',
      /belongs to a role/,
    ],
  ])('refuses %s', (_name, input, field, sentence) => {
    expect(validateEcr({ address, options: {}, ...input })).toEqual({
      [field]: expect.objectContaining({
        message: expect.stringMatching(sentence),
      }),
    });
  });
});

describe('the form', () => {
  it("offers the backend's own identity only where the operator says so", () => {
    const methodsOf = (ambientIdentity?: boolean) =>
      createEcrProvider({ ambientIdentity }).descriptor.form.methods?.map(
        ({ id }) => id,
      );
    expect(methodsOf()).toEqual(['keys', 'anonymous']);
    expect(methodsOf(true)).toEqual([
      'keys',
      'profile',
      'ambient',
      'anonymous',
    ]);
  });

  it('keeps to the contract', () => {
    const { descriptor } = createEcrProvider({ ambientIdentity: true });
    expect(providerDescriptorSchema.parse(descriptor)).toEqual(descriptor);
  });

  it('is translated', () => {
    const { form, webhook } = createEcrProvider({
      ambientIdentity: true,
    }).descriptor;
    const texts = [
      ...form.fields,
      ...(form.methods ?? []),
      ...(webhook?.settings ?? []),
    ];
    expect(
      texts.filter(
        ({ helperText, translations }) =>
          !translations?.zh.label ||
          Boolean(helperText) !== Boolean(translations.zh.helperText),
      ),
    ).toEqual([]);
    expect(webhook?.translations?.zh).toHaveLength(webhook!.steps.length);
  });
});
