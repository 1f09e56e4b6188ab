import { reasonMessages as english } from '../reasonMessages';
import { deployReasonMessages } from './deployReasonMessages';
import { failureMessages } from './failureMessages';
import { fieldMessages } from './fieldMessages';
import { listingMessages } from './listingMessages';
import { proofMessages } from './proofMessages';
import { protectionReasonMessages } from './protectionReasonMessages';
import { refusalMessages } from './refusalMessages';
import { remedyMessages } from './remedyMessages';
import { cloudRemedyMessages } from './cloudRemedyMessages';
import { vendorRemedyMessages } from './vendorRemedyMessages';
import { placeReasonMessages } from './placeReasonMessages';
import { rolloutReasonMessages } from './rolloutReasonMessages';
import { ruleReasonMessages } from './ruleReasonMessages';

export const reasonMessages: Record<keyof typeof english, string> = {
  'reason.reference-empty': '镜像引用为空',
  'reason.reference-is-image-id':
    '这是镜像 ID，不是镜像引用；摘要请写成 repository@sha256:…',
  'reason.reference-invalid-host': '“{{host}}”不是镜像仓库的主机名',
  'reason.reference-invalid-repository':
    '“{{repository}}”不是镜像名称；每一段由小写字母和数字组成，可用“.”“_”“-”连接',
  'reason.reference-upper-case-repository':
    '镜像名称“{{repository}}”必须是小写',
  'reason.reference-long-repository':
    '镜像名称有 {{length}} 个字符，最多允许 {{limit}} 个',
  'reason.reference-invalid-tag':
    '“{{tag}}”不是 Tag；最多 128 个字母、数字、“.”“_”“-”，且不能以“.”或“-”开头',
  'reason.reference-invalid-digest':
    '“{{digest}}”不是摘要；应为 sha256: 加 64 位小写十六进制数，或 sha512: 加 128 位',
  'reason.address-empty': '地址为空',
  'reason.address-has-space': '地址中含有空格',
  'reason.address-has-scheme':
    '地址应以 https:// 或 http:// 开头，而不是 {{scheme}}:',
  'reason.address-has-credentials':
    '地址中含有用户名或密码，请填写到各自的字段',
  'reason.address-has-query': '地址的“?”之后含有查询参数',
  'reason.address-has-fragment': '地址的“#”之后含有片段',
  'reason.address-is-image': '这是一个镜像；镜像仓库的地址没有 Tag 和摘要',
  'reason.address-invalid-host': '地址没有主机，或主机既不是名称也不是 IP 地址',
  'reason.address-invalid-port': '“{{port}}”不是端口；应为 1 到 65535 的数字',
  'reason.address-invalid-path': '“{{path}}”不是路径前缀',
  'reason.address-upgraded-to-https':
    '{{host}} 只能使用 https，已将 http 改为 https',
  'reason.address-plain-http':
    '通过 http 发送到 {{host}} 的内容在途中可能被读取和篡改',
  'reason.address-assumed-http':
    '未写协议时假定 {{host}} 使用 http；如支持 TLS 请写 https://',
  'reason.address-api-path-removed':
    '已去掉末尾的 API 路径，每次请求会自动添加',
  'reason.address-web-page-removed': '已去掉网页的路径',
  'reason.address-path-is-namespace':
    '{{host}} 没有路径前缀，已将“{{namespace}}”作为命名空间',
  'reason.address-path-is-prefix':
    '“{{path}}”被视为 /v2/ 之前的前缀；项目或命名空间请填写到各自的字段',
  'reason.tag-invalid': '不是有效的 Tag，无法用它拉取',
  'reason.tag-is-artifact': '属于签名、证明或 SBOM，不是镜像',
  'reason.tag-is-followed': '就是 Tag {{tag}}',
  'reason.tag-is-other': '不是 Tag {{tag}}',
  'reason.pattern-matches': '完整匹配 {{pattern}}',
  'reason.pattern-differs': '不完整匹配 {{pattern}}',
  'reason.version-in-range': '在 {{range}} 范围内',
  'reason.version-out-of-range': '不在 {{range}} 范围内',
  'reason.version-is-prerelease':
    '是预发布版本，而 {{range}} 没有指明同一版本的预发布',
  'reason.version-unreadable': '不是 1.2.3 之类的版本号',
  'reason.version-partial': '少于三个数字，可能会在版本之间移动',
  'reason.version-leading-zero': '含有前导零的数字，版本号不允许',
  'reason.listing-incomplete': 'Tag 列表不完整，因此不从中选择',
  'reason.push-first': '{{tag}} 是第一个候选',
  'reason.push-digest-changed': '{{tag}} 有新的摘要',
  'reason.push-digest-unchanged': '{{tag}} 的摘要没有变化',
  'reason.push-version-higher': '{{tag}} 的版本高于 {{head}}',
  'reason.push-version-lower': '{{tag}} 的版本低于 {{head}}',
  'reason.push-version-equal':
    '{{tag}} 与 {{head}} 是同一版本，优先采用后者的写法',
  'reason.push-later': '{{tag}} 的推送晚于 {{head}}',
  'reason.push-earlier': '{{tag}} 的推送早于 {{head}}',
  'reason.push-time-unknown':
    '不知道 {{tag}} 的推送时间，因此不视为比 {{head}} 新',
  'reason.push-tie-won': '{{tag}} 与 {{head}} 相同，按写法优先',
  'reason.push-tie-lost': '{{tag}} 与 {{head}} 相同，按写法靠后',
  'reason.push-head-not-candidate':
    '规则不接受 {{head}}，因此 {{tag}} 无法与它比较',
  'reason.rule-invalid-tag': '“{{tag}}”不是 Tag',
  'reason.rule-invalid-pattern': '无法识别该模式：{{problem}}',
  'reason.rule-invalid-range': '无法识别该范围：{{problem}}',
  'reason.not-a-push': '类型为 {{kind}} 的事件不会部署任何内容',
  'reason.not-this-endpoint': '此端点不能代表 {{repository}}',
  'reason.no-tag': '没有 Tag 的推送（例如索引中的一个平台）不会部署任何内容',
  'reason.check-anonymous': '以匿名方式登录',
  'reason.check-no-sign-in': '镜像仓库不要求登录',
  'reason.check-unasked-credentials': '镜像仓库没有要求提供登录凭据',
  'reason.check-nothing-to-pull': '没有可以用来尝试的仓库',
  'reason.check-listed': '{{count}} 个仓库',
  'reason.check-listed-in': '{{place}} 中有 {{count}} 个仓库',
  'reason.check-image-repositories': '{{count}} 个镜像仓库',
  'reason.check-images': '{{place}} 中有 {{count}} 个镜像',
  'reason.check-packages': '{{place}} 有 {{count}} 个软件包',
  'reason.check-groups': '{{count}} 个群组',
  'reason.check-repository': '仓库 {{place}}',
  'reason.check-repository-empty': '仓库 {{place}} 中没有镜像',
  'reason.check-user': '{{name}} 是用户',
  'reason.check-organization': '{{name}} 是组织',
  'reason.check-names-alone-artifactory':
    '仅通过 Docker 协议；填写 Artifactory URL 后可以看到 Tag 的推送时间',
  'reason.check-names-alone-nexus':
    '仅通过 Docker 协议；填写 API 地址后可以看到 Tag 的推送时间',
  'reason.check-names-alone-nexus-name':
    '填写连接器的仓库名（Repository Name）后可以看到 Tag 的推送时间',
  'reason.check-names-alone-quay':
    '由镜像仓库列出，没有时间和大小；添加 OAuth 应用令牌后可以看到',
  'reason.check-resolved': '{{host}} 的地址是 {{address}}',
  'reason.check-certificate': '{{authority}}，有效期剩余 {{days}} 天',
  'reason.check-certificate-day': '{{authority}}，有效期剩余 1 天',
  'reason.check-certificate-undated': '{{authority}}',
  'reason.check-certificate-unverified': '{{authority}}；未校验',
  'reason.check-through-proxy': '通过代理 {{proxy}}',
  'reason.check-plain-http': '使用明文 http：内容不会加密',
  'reason.pull-login-is-manage':
    '{{registry}} 没有供集群使用的登录凭据，且其设置不允许将门户自己的凭据交给集群；请为它单独填写一份供集群使用的登录凭据',
  'reason.pull-login-missing':
    '门户登录 {{registry}} 所用的凭据无法供集群使用；请为它单独填写一份供集群使用的登录凭据',
  'reason.webhook-url-localhost':
    '{{host}} 只能在门户所在的机器上访问；请将 imageRegistry.webhook.baseUrl 设为镜像仓库可以访问的地址',
  'reason.webhook-url-private':
    '{{host}} 是内网地址，此网络之外的镜像仓库无法访问',
  'reason.webhook-url-short-name':
    '{{host}} 是没有域名的短名称，此网络之外的镜像仓库无法访问',
  'reason.webhook-url-plain-http':
    '密钥会以未加密的方式发送到 {{host}}，请使用 https',
  'reason.rule-chooses': '{{tag}} 是规则选出的镜像',
  'reason.policy-deploys': '部署 {{tag}}：{{why}}',
  'reason.policy-would-deploy': '会部署 {{tag}}，但此策略只通知：{{why}}',
  'reason.would-deploy-held':
    '本应部署 {{tag}}；已被 {{author}} 锁定：{{reason}}',
  'reason.changed-outside-by': '{{manager}} 在门户之外将镜像改成了 {{image}}',
  'reason.image-changed-outside': '有人在门户之外将镜像改成了 {{image}}',
  'reason.already-desired': '{{tag}} 即 {{digest}}，已在此运行或正在发布',
  'reason.held': '已被 {{author}} 锁定：{{reason}}',
  'reason.digest-failed-before': '{{digest}} 曾在此失败，需要由人来部署',
  'reason.author-may-not':
    '保存此策略的 {{author}} 已无权部署 {{entityRef}}，需要由有权限的人重新保存',
  'reason.component-gone': '{{entityRef}} 已不在目录中',
  'reason.not-granted': '此组件不能使用 {{registry}} 的 {{repository}}',
  'reason.policy-gone': '策略已被删除或关闭',
  'reason.running-not-ordered':
    '规则“{{rule}}”无法比较正在运行的 {{tag}}；请先手动部署一次规则接受的镜像',
  'reason.no-policy': '没有策略跟踪 {{repository}}',
  'reason.no-policy-took-it': '没有策略采用（共 {{count}} 个）：{{why}}',
  'reason.deployed-by-policies': '部署它的策略：{{count}} 个',
  'reason.tag-unchanged': '{{tag}} 仍是 {{digest}}',
  'reason.registry-gone': '镜像仓库 {{registryId}} 已被移除',
  'reason.tag-not-found': '镜像仓库中没有 {{tag}}',
  'reason.manual-deploy': '由人手动部署，并非策略的选择',
  'reason.tag-moved-back':
    '{{tag}} 已改指 {{digest}}，后者已在此运行或正在发布',
  'reason.superseded': '已被发布 #{{sequence}} 取代',
  'reason.interrupted': '期间有人部署了其他内容',
  'reason.needs-consent':
    '镜像字段由 {{owners}} 管理；需要先选择“由门户管理此镜像”',
  'reason.contested': '门户写入后，{{owner}} 又接管了镜像字段',
  'reason.cancelled': '已被 {{author}} 取消',
  'reason.cancelled-unwritten': '已被 {{author}} 取消；未向集群写入任何内容',
  'reason.cancelled-unanswered':
    '已被 {{author}} 取消；上次写入没有收到答复，是否生效以实际运行的镜像为准',
  'reason.unwritten': '未写入：工作负载上没有上次尝试的镜像',
  'reason.workload-deleted': '发布期间工作负载被删除，重新创建后可再试',
  'reason.internal-error': '门户处理时多次失败，原因见其日志',
  'reason.not-taken-up': '集群尚未处理此变更',
  'reason.settling': '所有 Pod 都已运行新版本，正在确认其稳定',
  'reason.suspended': 'CronJob 已暂停；恢复后将使用新镜像',
  'reason.next-run': '镜像已写入，下次运行（{{schedule}}）使用',
  'reason.no-nodes': '没有符合此 DaemonSet 的节点；之后将使用新镜像启动',
  'reason.scaled-to-zero': '副本数为零；之后将使用新镜像启动',
  'reason.on-delete':
    '镜像已写入；更新策略为 OnDelete，每个 Pod 在手动删除后才会使用（已完成 {{updated}}/{{desired}}）',
  'reason.partition':
    '分区（partition）使 {{desired}} 个 Pod 中的前 {{partition}} 个保持旧版本',
  'reason.image-replaced': '其他人将镜像改为 {{image}}',
  'reason.pods-refused': '集群拒绝创建 Pod：{{detail}}',
  'reason.progress-deadline-exceeded':
    'Deployment 在期限内没有进展：{{detail}}',
  'reason.not-confirmed-by-cluster':
    '{{kind}} {{namespace}}/{{name}} 没有标签 {{label}}，且其环境没有列出 {{component}} 的所有者或系统',
  'reason.target-confirmed': '集群确认它属于此组件',
  ...deployReasonMessages,
  ...failureMessages,
  ...fieldMessages,
  ...listingMessages,
  ...refusalMessages,
  ...proofMessages,
  ...protectionReasonMessages,
  ...placeReasonMessages,
  ...rolloutReasonMessages,
  ...ruleReasonMessages,
  ...vendorRemedyMessages,
  ...cloudRemedyMessages,
  ...remedyMessages,
  'reason.catalog-unavailable': '无法查询目录',
  'reason.tag-first-seen':
    '{{tag}} 在开启自动部署之前就已存在，现记为 {{digest}}，下次变化才会触发',
  'reason.running-newer':
    '正在运行的 {{tag}} 比规则所接受的最高版本 {{best}} 更新，自动部署不会回退；请先手动部署一个规则接受的镜像',
  'reason.requester-may-not': '{{author}} 已无权部署 {{entityRef}}',
  'reason.push-times-unknown':
    '镜像仓库未提供 Tag 的推送时间；下次推送之前保持当前运行的镜像',
  'reason.policy-changed': '策略已更改，将重新决定',
  'reason.rule-invalid': '无法识别该规则',
};
