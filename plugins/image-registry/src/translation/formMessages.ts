/** The dialog that connects a registry. */
export const formMessages = {
  'form.addTitle': 'Add registry',
  'form.editTitle': 'Edit {{name}}',
  'form.where': '1. Where',
  'form.who': '2. Who',
  'form.check': 'Check',
  'form.name': 'Name',
  'form.nameHelper': 'As people will see it in lists',
  'form.address': 'Address',
  'form.kind': 'Kind',
  'form.kindSuggested':
    'Suggested from the address; change it if it is another one',
  'form.credentials': 'Signs in as',
  'form.anonymous': 'Without signing in (anonymous)',
  'form.credentialsStored':
    'Signs in as {{name}}. Leave the fields empty to keep what is stored.',
  'form.credentialsAgain':
    'Enter the credentials again: stored ones are not sent to another address or with other TLS settings or options.',
  'form.unnamedAccount': 'a stored account',
  'form.insecureWarning':
    'This address is plain http: the password can be read on the way.',
  'form.insecureYes': 'Send the password unencrypted all the same',
  'form.advanced': 'Advanced: TLS, pulling, proxy, who may use it, default',
  'form.verifyTls': 'Verify the TLS certificate',
  'form.verifyTlsWarning':
    'Any certificate is accepted: whoever is between the portal and the registry can read the password and change images. Better give the certificate of the authority below.',
  'form.caCertificate': 'Certificate of the authority (PEM)',
  'form.caCertificateHelper':
    'For certificates that no public authority signed. The nodes of the clusters have to trust it, too.',
  'form.pullAddress': 'Address that clusters pull from',
  'form.pullAddressHelper': 'Only if it differs from the address above',
  'form.pathPrefix': 'Only below this path',
  'form.namespaceHelper': 'Limits what is listed and completes what is typed',
  'form.signInWith': 'Sign in with',
  'form.moduleMissing':
    'This address belongs to {{title}}, whose module is not installed in this portal. It works as a plain registry; for its own listings and logins an operator adds:',
  'form.moduleInstall': 'the lines that install it',
  'form.pullLogin': 'Login for clusters',
  'form.pullLoginHelper':
    'What the pull secrets that the portal keeps in Kubernetes namespaces hold; it need only be able to pull.',
  'form.pullLoginStored':
    'A login for clusters is stored. Leave the fields empty to keep it.',
  'form.pullLoginForget': 'Remove it',
  'form.pullUsername': 'User name for pulling',
  'form.pullPassword': 'Password or token for pulling',
  'form.pullWithManage': "Clusters may be given the portal's own login",
  'form.pullWithManageWarning':
    'Whoever may read secrets in such a Kubernetes namespace can do at the registry what the portal can. A login that may only pull is better.',
  'form.proxy': 'Proxy',
  'form.proxyHelper':
    'For this registry alone, instead of the one that app-config names',
  'form.isDefault': 'Default registry: preselected wherever an image is chosen',
  'form.defaultReplaced':
    'The default is not switched off; make another registry the default instead.',
  'form.notSaved': 'This was not saved',
  'form.saveAnyway': 'Save anyway',
  'check.step.address': 'Address resolves',
  'check.step.tls': 'TLS',
  'check.step.ping': 'Answers as a registry',
  'check.step.authenticate': 'Signs in',
  'check.step.list': 'Lists repositories',
  'check.step.pull': 'Pulls',
  'check.code.name-not-found': 'The name does not resolve',
  'check.code.unreachable': 'Nothing answers there',
  'check.code.timeout': 'No answer in time',
  'check.code.untrusted-certificate': 'The certificate is not trusted',
  'check.code.protocol-mismatch': 'http and https are mixed up',
  'check.code.forbidden-address': 'The address may not be called',
  'check.code.unauthenticated': 'The sign-in is refused',
  'check.code.forbidden': 'The account may not do this',
  'check.code.not-found': 'It does not exist',
  'check.code.rate-limited': 'Too many requests',
  'check.code.unsupported': 'The registry does not offer this',
  'check.code.server-error': 'The registry itself fails',
  'check.code.invalid-response': 'The answer makes no sense',
  'check.code.internal': 'The check itself failed',
  'check.remedy.name-not-found':
    'Check the spelling, and the DNS of the machine that the portal runs on',
  'check.remedy.unreachable':
    'Check port, network and firewalls between portal and registry',
  'check.remedy.timeout':
    'Check the network between portal and registry, and the load of the registry',
  'check.remedy.untrusted-certificate':
    'Give the CA certificate, or use a name that the certificate holds',
  'check.remedy.protocol-mismatch':
    'Write the address with http:// or https://, or give the other port',
  'check.remedy.forbidden-address':
    'If the address is meant, an administrator allows it in app-config',
  'check.remedy.unauthenticated':
    'Enter the login again; check that it has not ended',
  'check.remedy.forbidden':
    'Grant the account the missing right at the registry',
  'check.remedy.not-found': 'Check the path and the namespace',
  'check.remedy.rate-limited':
    'Wait, or sign in with an account that has a higher limit',
  'check.remedy.unsupported': 'Type the names of repositories',
  'check.remedy.server-error':
    'Look into the log of the registry, or at the proxy in front of it',
  'check.remedy.invalid-response':
    'Check that the address is that of a registry, and what is in front of it',
  'check.remedy.internal': 'Look into the log of the portal',
  'check.skipped': '{{name}}: not tried',
  'check.running': 'Checking the connection…',
  'check.now': 'Check now',
  'check.again': 'Check again',
  'check.failed': 'The connection could not be checked',
  'check.incomplete':
    'The connection is checked as soon as the fields above are filled in.',
  'check.saveAnywayHelper':
    'You can save it now; images can be entered by hand where listing fails.',
  'grants.title': 'Who may use it',
  'grants.everyone': 'Everyone',
  'grants.everyoneSome': 'Everyone ({{repositories}})',
  'grants.some': 'Only',
  'grants.nobody': 'Nobody yet',
  'grants.nobodyHelper': 'Nobody may use this registry yet.',
  'grants.owners': 'Owners',
  'grants.systems': 'Systems',
  'grants.domains': 'Domains',
  'grants.catalogNamespaces': 'Catalog namespaces',
  'grants.system': 'System {{name}}',
  'grants.domain': 'Domain {{name}}',
  'grants.catalogNamespace': 'Catalog namespace {{name}}',
  'grants.repositories': 'Only these repositories',
  'grants.repositoriesHelper':
    'Names or patterns such as apps/*; Enter adds one; empty: all',
  'grants.add': 'Add who may use it',
  'grants.remove': 'Remove',
} as const;
