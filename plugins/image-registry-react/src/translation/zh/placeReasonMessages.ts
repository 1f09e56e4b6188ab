import { placeReasonMessages as english } from '../placeReasonMessages';

export const placeReasonMessages: Record<keyof typeof english, string> = {
  'reason.no-fitting-node':
    '{{total}} 个节点都不接受这些 Pod：节点选择器、亲和性和容忍度没有匹配的节点',
  'reason.nodes-unreadable':
    '门户无权列出集群 {{cluster}} 的节点，因此不知道节点的平台',
  'reason.pull-secrets-unreadable':
    '门户无权读取命名空间 {{namespace}} 的 Secret，因此不知道能否从 {{host}} 拉取',
  'reason.pull-secret-fits': 'Secret {{secret}} 中有 {{host}} 的登录凭据',
  'reason.pull-secret-expired':
    'Secret {{secret}} 中 {{host}} 的登录凭据已于 {{expiresAt}} 到期',
  'reason.pull-secret-malformed':
    'Secret {{secret}} 中没有节点可以读取的登录凭据',
  'reason.pull-secret-missing':
    '引用了 Secret {{secret}}，但命名空间 {{namespace}} 中不存在',
  'reason.pull-secret-other-host':
    'Secret {{secret}} 用于 {{hosts}}，不适用于 {{host}}',
  'reason.pull-secret-none':
    '在命名空间 {{namespace}} 中，工作负载和服务账号 {{serviceAccount}} 都没有引用拉取 Secret',
  'reason.pull-login-unknown': '无法读取供集群使用的登录信息：{{message}}',
  'reason.quota-exceeded':
    '命名空间 {{namespace}} 的配额 {{quota}} 不足：{{resource}} 已用 {{used}}，上限 {{hard}}，还需要 {{added}}',
  'reason.quota-unreadable': '门户无权读取命名空间 {{namespace}} 的配额',
  'reason.test-pod-failed': '测试 Pod 在镜像就绪之前结束：{{detail}}',
  'reason.test-pull-broke-off': '测试拉取中断：{{detail}}',
  'reason.test-pull-late': '镜像未能按时拉取完成',
  'reason.creation-cannot-wait':
    '{{environment}} 受保护，而新建的工作负载无法等待这些条件。请在其他环境中创建，再从那里将其镜像部署过来。',
  'reason.component-exists': '目录中已有组件 {{name}}；请换一个名称',
  'reason.value-required': '必填',
  'reason.name-too-long': '“{{value}}”过长：最多 {{most}} 个字符',
  'reason.name-no-label':
    '“{{value}}”：只能使用小写字母、数字和 -，并以字母或数字开头和结尾',
  'reason.name-no-subdomain':
    '“{{value}}”：只能使用小写字母、数字、- 和 .，并以字母或数字开头和结尾',
  'reason.name-no-service':
    '“{{value}}”：只能使用小写字母、数字和 -，以字母开头，以字母或数字结尾',
  'reason.port-name-invalid':
    '“{{value}}”：只能使用小写字母、数字和不连续的 -，并至少包含一个字母',
  'reason.port-out-of-range': '{{value}} 不是有效端口：应为 1 到 65535',
  'reason.number-out-of-range':
    '“{{value}}” 不是 {{least}} 到 {{most}} 之间的整数',
  'reason.reference-incomplete':
    '“{{value}}”：需要完整引用，例如 group:default/team',
  'reason.component-selects-otherwise':
    '{{component}} 通过 {{selector}} 查找工作负载，新的工作负载不符合；请移除注解 {{annotation}}',
  'reason.component-is-elsewhere':
    '{{component}} 只在 {{place}} 中查找工作负载；请选择它，或修改注解 {{annotation}}',
  'reason.env-name-invalid':
    '“{{value}}”：只能使用可打印的 ASCII 字符，且不能包含 =',
  'reason.secret-key-invalid': '“{{value}}”：只能使用字母、数字、-、_ 和 .',
  'reason.label-value-invalid':
    '“{{value}}”：只能使用字母、数字、-、_ 和 .，并以字母或数字开头和结尾',
  'reason.host-is-address':
    '“{{value}}”：应为 DNS 名称，不能是 IP 地址，也不能带端口',
  'reason.quantity-invalid':
    '“{{value}}”不是有效的数量：应为带单位的数字，例如 250m、0.5、128Mi 或 1Gi',
  'reason.quantity-negative': '{{value}} 小于 0',
  'reason.quantity-not-positive': '{{value}} 必须大于 0',
  'reason.request-above-limit': '请求值 {{value}} 超过上限 {{limit}}',
  'reason.mount-path-invalid': '“{{value}}”：路径应以 / 开头，不能包含 : 和 ..',
  'reason.path-invalid': '“{{value}}”：路径应以 / 开头，不能包含 // 和 ..',
  'reason.value-taken': '“{{value}}”重复',
  'reason.env-value-and-secret': '值和 Secret 只能选择其一',
  'reason.port-unknown': '{{value}} 不是该组件的端口',
  'reason.service-needs-port': 'Service 至少需要一个端口',
  'reason.ingress-needs-service': 'Ingress 需要 Service',
  'reason.tls-needs-host': 'TLS 需要主机名',
  'reason.restricted-needs-user':
    'restricted 安全配置不允许以用户 0（root）运行',
  'reason.object-exists':
    '{{namespace}} 中已存在 {{kind}} {{name}}；请换一个名称',
  'reason.refused-by-server': '集群拒绝：{{detail}}',
  'reason.not-made-here':
    '{{name}} 不是在这里从镜像创建的；请在其清单所在处修改',
  'reason.kept-by-tool':
    '{{name}} 由 {{tool}} 维护，修改会被它撤销；请在其来源中修改',
  'reason.field-owned':
    '{{field}} 属于 {{owner}}，它可能会再次设置；请在那里修改',
  'reason.field-stays':
    '{{field}} 也由 {{owner}} 设置，因此会保留；请先在那里移除',
};
