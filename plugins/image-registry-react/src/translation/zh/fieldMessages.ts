import { fieldMessages as english } from '../fieldMessages';

export const fieldMessages: Record<keyof typeof english, string> = {
  'reason.field-unknown': '没有此字段',
  'reason.field-needed': '必须填写',
  'reason.value-invalid': '值无效（{{detail}}）',
  'reason.must-be-one-of': '必须是以下之一：{{known}}',
  'reason.null-character': '不能含有字符 U+0000',
  'reason.time-invalid': '必须是时间，例如 2026-11-21T08:00:00Z',
  'reason.time-passed': '必须是将来的时间',
  'reason.time-zone-unknown':
    '{{timeZone}} 不是时区；请填写 IANA 名称，例如 Asia/Shanghai',
  'reason.entity-reference-invalid': '“{{value}}”不是实体引用',
  'reason.kind-not-installed': '“{{id}}”未安装；已安装的有 {{known}}',
  'reason.password-over-http':
    '通过明文 http 发送的密码在途中可能被读取；请使用 https，或以 allowInsecureCredentials 明确同意',
  'reason.credentials-exposed': '登录凭据会以明文 http 发送；请使用 https',
  'reason.credentials-needed-again':
    '更改此项需要重新填写登录凭据，因为已保存的凭据不会发送到其他位置；填写 {} 可将其删除',
  'reason.proxy-address-invalid': '代理地址无效（{{detail}}）',
  'reason.own-identity-direct':
    '不能与后端自身的身份一起使用：中间的代理会看到其登录信息；此类设置应写在 app-config 中',
  'reason.certificate-not-pem':
    '不是 PEM 格式的证书，应以 -----BEGIN CERTIFICATE----- 开头',
  'reason.default-stays':
    '默认镜像仓库只能更换，不能取消；请将其他镜像仓库设为默认',
  'reason.repositories-needed': '请填写该组件的镜像名称',
  'reason.repository-not-exact':
    '{{repository}}：组件的端点必须写明确切的镜像名称',
  'reason.tag-or-digest-needed': '请填写 Tag 或摘要',
  'reason.artifact-cannot-run':
    '{{repository}} 的 {{digest}} 是 {{kind}}，无法运行',
  'reason.container-named-twice': '容器 {{container}} 出现了两次',
  'reason.quay-login-half': '机器人账户或用户需要同时填写名称和令牌（或密码）',
  'reason.quay-login-missing':
    '请填写机器人账户或用户，或 OAuth 应用令牌，也可两者都填',
  'reason.gitlab-address-invalid': '请写成 https://gitlab.example.com 的形式',
  'reason.jfrog-port-needs-key':
    '端口方式必须填写：没有别的信息能说明该端口对应哪个仓库',
  'reason.jfrog-token-needs-name': '必须填写：引用令牌不包含所属用户',
  'reason.jfrog-address-has-path':
    '镜像从 {{origin}} 拉取；其后是仓库键（repository key），请填写到它自己的字段',
  'reason.ghcr-address-other':
    '{{host}} 不是 GitHub 的容器镜像仓库；请填写 ghcr.io，GitHub Enterprise Server 请填写 containers.<host>',
  'reason.docker-hub-address-other':
    '{{host}} 不是 Docker Hub；请为它选择类型 Docker Registry',
  'reason.ecr-address-other':
    '{{url}} 不是 Amazon ECR 的镜像仓库；其 URI 为 <account>.dkr.ecr.<region>.amazonaws.com（account 是 12 位账户 ID），或 {{publicHost}}',
  'reason.ecr-needs-identity':
    '私有镜像仓库需要身份；只有 ECR Public 可以不登录使用',
  'reason.ecr-access-key-invalid':
    '不是访问密钥 ID；它只含字母和数字，例如 AKIA…',
  'reason.ecr-session-token-needed':
    '必须填写：以 ASIA 开头的访问密钥是临时密钥',
  'reason.ecr-role-needs-identity': '需要一个用来担任该角色的身份',
  'reason.ecr-role-invalid':
    '不是角色的 ARN，例如 arn:aws:iam::123456789012:role/portal',
  'reason.ecr-external-id-alone': '属于某个角色；请同时填写该角色的 ARN',
  'reason.google-address-other':
    '{{url}} 不提供 Google Artifact Registry 的镜像；主机应为 <location>-docker.pkg.dev（例如 europe-west1-docker.pkg.dev）或 gcr.io',
  'reason.google-key-other-type': '类型为 {{type}}；只接受服务账号的密钥',
  'reason.google-key-lacks': '缺少 client_email 或 private_key',
  'reason.google-key-unreadable': '既不是密钥的 JSON，也不是其 base64',
  'reason.google-key-no-rsa': '其中的 private_key 不是 PEM 格式的 RSA 密钥',
  'reason.alibaba-key-is-user':
    '看起来是 Docker 密码的用户名；AccessKey ID 中没有 @',
  'reason.alibaba-secret-is-key': '填写的又是 AccessKey ID',
  'reason.tencent-personal-needs-login':
    '必须填写：API 密钥可以列出个人版的内容，但不能从中拉取',
  'reason.huawei-region-invalid': '不是区域名称，例如 cn-north-4',
  'reason.huawei-region-needed': '必须填写：企业版实例的地址不包含区域',
};
