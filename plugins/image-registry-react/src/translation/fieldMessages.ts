/** What is wrong with a value; the field's name stands before it. */
export const fieldMessages = {
  'reason.field-unknown': 'unknown field',
  'reason.field-needed': 'is needed',
  'reason.value-invalid': '{{detail}}',
  'reason.must-be-one-of': 'must be one of {{known}}',
  'reason.null-character': 'must not hold the character U+0000',
  'reason.time-invalid': 'must be a time such as 2026-11-21T08:00:00Z',
  'reason.time-passed': 'must be a time that is still to come',
  'reason.time-zone-unknown':
    '{{timeZone}} is no time zone; give an IANA name such as Europe/Berlin',
  'reason.entity-reference-invalid': '"{{value}}" is not an entity reference',
  'reason.kind-not-installed':
    '"{{id}}" is not installed; installed are {{known}}',
  'reason.password-over-http':
    'a password over plain http can be read on the way; use https, or say yes with allowInsecureCredentials',
  'reason.credentials-exposed':
    'the credentials would be sent over plain http; use https',
  'reason.credentials-needed-again':
    'changing this needs the credentials again, because stored ones are not sent to another place; {} removes them',
  'reason.proxy-address-invalid': '{{detail}}',
  'reason.own-identity-direct':
    'not with the identity of the backend itself: whoever stands in between would see its logins; such settings belong into app-config',
  'reason.certificate-not-pem':
    'is not a certificate in PEM form, which begins with -----BEGIN CERTIFICATE-----',
  'reason.default-stays':
    'the default is replaced, not unset; make another registry the default',
  'reason.repositories-needed': 'name the repositories of the component',
  'reason.repository-not-exact':
    '{{repository}}: an endpoint of a component names exact repositories',
  'reason.tag-or-digest-needed': 'give a tag or a digest',
  'reason.artifact-cannot-run':
    '{{repository}} at {{digest}} is a {{kind}}, which cannot run',
  'reason.container-named-twice': 'the container {{container}} is named twice',
  'reason.quay-login-half':
    'a robot account or user needs both its name and its token or password',
  'reason.quay-login-missing':
    'give a robot account or user, an OAuth application token, or both',
  'reason.gitlab-address-invalid': 'write it as https://gitlab.example.com',
  'reason.jfrog-port-needs-key':
    'is needed for the port method: nothing else tells which repository the port stands for',
  'reason.jfrog-token-needs-name':
    'is needed: a reference token does not tell whose it is',
  'reason.jfrog-address-has-path':
    'Images are pulled from {{origin}}; what follows is the repository key, which has a field of its own',
  'reason.ghcr-address-other':
    '{{host}} is no container registry of GitHub; write ghcr.io, or containers.<host> for a GitHub Enterprise Server',
  'reason.docker-hub-address-other':
    '{{host}} is not Docker Hub; choose the kind Docker Registry for it',
  'reason.ecr-address-other':
    '{{url}} is no registry of Amazon ECR; its URI is <account>.dkr.ecr.<region>.amazonaws.com with the twelve digits of the account, or {{publicHost}}',
  'reason.ecr-needs-identity':
    'a private registry needs an identity; only ECR Public can be used without',
  'reason.ecr-access-key-invalid':
    'is not an access key ID, which has letters and digits only, such as AKIA…',
  'reason.ecr-session-token-needed':
    'is needed: an access key that begins with ASIA is a temporary one',
  'reason.ecr-role-needs-identity': 'needs an identity that assumes it',
  'reason.ecr-role-invalid':
    'is not the ARN of a role, such as arn:aws:iam::123456789012:role/portal',
  'reason.ecr-external-id-alone': 'belongs to a role; enter its ARN, too',
  'reason.google-address-other':
    '{{url}} serves no images of Google Artifact Registry; the host is <location>-docker.pkg.dev, such as europe-west1-docker.pkg.dev, or gcr.io',
  'reason.google-key-other-type':
    'is of type {{type}}; only keys of service accounts are taken',
  'reason.google-key-lacks': 'lacks client_email or private_key',
  'reason.google-key-unreadable': 'is neither the JSON of a key nor its base64',
  'reason.google-key-no-rsa':
    'holds a private_key that is no RSA key in PEM form',
  'reason.alibaba-key-is-user':
    'looks like the user name of the Docker password; an AccessKey ID has no @',
  'reason.alibaba-secret-is-key': 'is the AccessKey ID again',
  'reason.tencent-personal-needs-login':
    'is needed: an API key lists the Personal Edition, but cannot pull from it',
  'reason.huawei-region-invalid':
    'is not the name of a region, such as cn-north-4',
  'reason.huawei-region-needed':
    'is needed: the address of an Enterprise instance does not tell it',
} as const;
