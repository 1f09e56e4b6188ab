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
    "What Kubernetes namespaces are given to pull with. Without it, the vendor's temporary logins are used where there are any.",
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
