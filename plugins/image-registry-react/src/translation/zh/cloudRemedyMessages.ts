import { cloudRemedyMessages as english } from '../cloudRemedyMessages';

export const cloudRemedyMessages: Record<keyof typeof english, string> = {
  'reason.azure-check-login-server':
    '请确认该地址是登录服务器（Login server）的地址',
  'reason.azure-check-principal':
    '请检查应用程序（客户端）ID、目录（租户）ID 和客户端密码；客户端密码会自动过期',
  'reason.azure-sign-in-principal':
    '请使用服务主体登录并填写目录（租户）ID，或按步骤手动创建 Webhook',
  'reason.azure-list-role':
    '请授予角色 Container Registry Repository Catalog Lister；注册表未启用基于属性的权限时授予 AcrPull。存储库范围的令牌需要范围映射 _repositories_admin；没有它时请手动输入镜像名称',
  'reason.aliyun-type-or-key':
    '请手动输入镜像名称，或使用 AccessKey 登录后从列表中选择',
  'reason.aliyun-check-key':
    '请在 RAM 控制台检查 AccessKey ID 和 AccessKey Secret，并确认已启用。固定密码属于另一种登录方式',
  'reason.check-address-or-kind': '请检查地址，或选择其他类型的镜像仓库',
  'reason.aliyun-webhook-address':
    '请在门户的 Webhook URL 设置中填写这样的地址',
  'reason.tencent-type-or-key':
    '请手动输入镜像名称，或使用 API 密钥登录后从列表中选择',
  'reason.tencent-check-key':
    '请在控制台的 访问管理 › API密钥管理 中检查 SecretId 和 SecretKey，并确认已启用',
  'reason.tencent-check-namespace': '请检查命名空间的拼写',
  'reason.tencent-instance-address':
    '请填写实例的地址，例如 name.tencentcloudcr.com，并将自定义域名填写为拉取地址',
  'reason.tencent-check-account': '请检查地址，并确认密钥属于同一账号',
  'reason.tencent-check-instance': '请在容器镜像服务控制台检查该实例',
  'reason.huawei-type-or-key': '请手动输入镜像名称，或填写访问密钥',
  'reason.huawei-give-key':
    '请填写 Access Key 和 Secret Key，地址中没有区域时还需填写区域；或手动输入镜像名称',
  'reason.huawei-check-key':
    '请在控制台的 我的凭证 › 访问密钥 中检查 Access Key 和 Secret Key，并确认已启用',
  'reason.huawei-spell-name': '请检查拼写；镜像名称写作 组织/名称',
  'reason.huawei-write-name': '请写成 组织/名称',
  'reason.huawei-find-region': '请检查区域：控制台会在实例旁显示区域',
  'reason.huawei-check-instance': '请在 SWR 控制台检查该实例',
  'reason.huawei-check-region':
    '请检查地址和区域。使用自定义域名时，请填写实例的默认域名，并将自定义域名填写为拉取地址',
  'reason.aws-enter-key': '请填写 Access Key ID 和 Secret Access Key',
  'reason.aws-type-names':
    '请手动输入镜像名称，而不是从列表中选择，例如 nginx/nginx',
  'reason.aws-changed-answer': '请重试；如仍失败，请检查是否有代理改写了应答',
  'reason.aws-check-key':
    '请检查 Access Key ID，并确认该密钥在 IAM 中处于 Active 状态；AWS 中国区域和 GovCloud 的密钥仅在各自的区域有效',
  'reason.aws-check-secret': '请检查 Secret Access Key，以及后端所在机器的时钟',
  'reason.aws-new-session':
    '请填写新的临时密钥，或使用带角色的访问密钥，角色会自动续期',
  'reason.aws-higher-quota':
    '请稍候；如仍失败，请向 AWS 申请提高 Amazon ECR 的配额',
  'reason.aws-health': '请稍后重试；AWS Health Dashboard 会公布故障',
  'reason.aws-give-identity':
    '请为后端配置角色（IRSA、ECS 任务角色、实例配置文件）、profile，或在其环境变量中提供密钥',
  'reason.aws-check-uri': '请检查拼写，并确认 URI 中的账号和区域正确',
  'reason.aws-check-values': '请检查填写的内容，并确认没有代理代替 AWS 应答',
  'reason.aws-trust-policy':
    '请在角色的信任策略中写明此身份（以及 External ID），并允许它对该角色执行 sts:AssumeRole',
  'reason.aws-allow-ambient':
    '请在 app-config 中将 imageRegistry.aws.ambientIdentity 设为 true，或使用访问密钥登录',
  'reason.google-sign-in-or-type':
    '请使用服务账号登录，或手动输入镜像名称，而不是从列表中选择',
  'reason.google-reader-role':
    '请在项目或仓库上授予角色 roles/artifactregistry.reader',
  'reason.google-enter-project': '请将项目填写为镜像仓库的命名空间',
  'reason.google-webhook-address':
    '门户需要使用公共机构证书的 https 地址，且服务账号必须属于同一项目',
  'reason.google-check-account': '请确认服务账号及其密钥已启用',
  'reason.google-check-place': '请检查项目和仓库，并确认地址中的位置正确',
  'reason.google-give-identity':
    '请为后端配置服务账号（Workload Identity、机器的服务账号或 GOOGLE_APPLICATION_CREDENTIALS）',
  'reason.google-look-for-proxy': '请重试；如仍失败，请检查中间的代理',
  'reason.google-check-key':
    '请在 IAM & Admin › Service Accounts › Keys 中确认账号和密钥存在且已启用，并检查后端所在机器的时钟',
  'reason.google-allow-ambient':
    '请在 app-config 中将 imageRegistry.google.ambientIdentity 设为 true，或使用服务账号密钥登录',
  'reason.google-whole-key': '请填写密钥的完整 JSON 文件，或其 base64 编码',
  'reason.azure-pull-role':
    '请在注册表中打开 Access control (IAM)，为应用程序 {{clientId}} 授予角色 AcrPull，或同时授予 Container Registry Repository Reader 和 Container Registry Repository Catalog Lister',
  'reason.azure-webhook-role':
    '请在注册表中打开 Access control (IAM)，为应用程序 {{clientId}} 授予角色 Contributor，或具有 Microsoft.ContainerRegistry/registries/read 和 registries/webhooks/write 的角色；也可以手动创建 Webhook',
  'reason.azure-metadata-right':
    '请在令牌的范围映射中添加对 {{repository}} 的 metadata/read，或授予角色 AcrPull',
  'reason.aliyun-vpc':
    '专有网络（VPC）内的集群从 {{host}} 拉取更快且免流量费：请将它填写为拉取地址',
  'reason.aliyun-grant':
    '请在 RAM 控制台为该 AccessKey 的用户授予操作权限 {{action}}',
  'reason.tencent-grant':
    '请在访问管理（CAM）中为该密钥的用户授予操作权限 {{action}}',
  'reason.huawei-grant':
    '请在统一身份认证服务（IAM）中为该访问密钥的用户授予权限 {{action}}；基础版还需授予该组织的读取权限',
  'reason.aws-attach-policy': '请附加允许 {{action}} 的策略，例如 {{policy}}',
  'reason.google-enable-api': '请在项目的 APIs & Services 中启用 {{api}}',
  'reason.google-grant-role':
    '请在项目或仓库上授予角色 {{role}}，它包含 {{permission}}',
};
