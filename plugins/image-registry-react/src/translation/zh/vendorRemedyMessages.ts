import { vendorRemedyMessages as english } from '../vendorRemedyMessages';

export const vendorRemedyMessages: Record<keyof typeof english, string> = {
  'reason.hub-shorter-name': '请去掉主机名以及中间的部分',
  'reason.hub-token-permission':
    '请为个人访问令牌授予 "Repo Read-only" 权限，或为组织访问令牌授予拉取这些镜像的范围',
  'reason.hub-check-token':
    '个人访问令牌与其用户的 Docker ID 一起使用，组织访问令牌与组织名称一起使用。强制使用单点登录时不接受密码',
  'reason.hub-sign-in': '请使用有该权限的访问令牌登录',
  'reason.ghcr-type-or-token':
    '请手动输入公开镜像的名称，或填写带 read:packages 的 personal access token (classic)',
  'reason.ghcr-write-name': '请写成 owner/name（所有者/名称）',
  'reason.ghcr-wait':
    '请稍候：GitHub 限制 API 的调用频率；使用同一令牌的多个镜像仓库共用该限额',
  'reason.ghcr-authorize-sso':
    '该组织要求 SAML 单点登录：请在 GitHub 上为其授权该令牌（令牌旁的 Configure SSO）',
  'reason.ghcr-not-github-token':
    'GITHUB_TOKEN 只能看到其所在仓库的 package；请使用带 read:packages 的 personal access token (classic)',
  'reason.ghcr-not-fine-grained':
    'GitHub Packages 不接受 fine-grained token；请使用带 read:packages 的 personal access token (classic)',
  'reason.ghcr-new-token':
    'GitHub 不认识该令牌，或它已过期；请重新创建 personal access token (classic)',
  'reason.ghcr-give-token': '请填写 personal access token (classic)',
  'reason.ghcr-check-spelling':
    '请检查所有者和 package 的拼写；对令牌无权查看的内容，GitHub 也会这样应答',
  'reason.ghcr-connect-repository':
    '请在 package 页面选择 Connect Repository，或为整个组织创建 Webhook',
  'reason.gitlab-check-address': '请检查 GitLab 地址，并确认没有代理代替它应答',
  'reason.gitlab-unknown-token':
    'GitLab 的 API 不认识该令牌：它可能已撤销或过期，或者是只有镜像仓库才接受的部署令牌；请使用带 read_api 的访问令牌，或选择“部署令牌”并手动输入镜像名称',
  'reason.gitlab-give-scope':
    '请为令牌在 read_registry 之外再授予 read_api 范围，并为其所有者授予群组或项目的 Reporter 角色',
  'reason.gitlab-give-token':
    '请填写带 read_api 和 read_registry 的访问令牌，或手动输入公开镜像的名称',
  'reason.gitlab-type-or-token':
    '请手动输入镜像名称，或使用带 read_api 和 read_registry 的访问令牌',
  'reason.gitlab-enter-address': '请填写 GitLab 地址',
  'reason.gitlab-check-member':
    '请检查拼写，并确认令牌的所有者是具有 Reporter 角色的成员',
  'reason.gitlab-check-name': '请检查拼写：群组/项目，或 群组/项目/镜像',
  'reason.gitlab-check-registry': '请确认该 GitLab 的镜像仓库正在运行',
  'reason.harbor-older':
    '请检查地址。较旧的 Harbor 可以作为 Docker Registry 连接',
  'reason.harbor-write-project': '请在名称前写上项目，并用斜杠分隔',
  'reason.harbor-choose-project': '请选择项目，或在设置中填写',
  'reason.harbor-check-artifact': '它可能已被删除；请检查名称',
  'reason.harbor-check-name': '请检查名称；它以项目开头',
  'reason.harbor-check-robot':
    '请按 Harbor 显示的名称（包含 $）检查名称和令牌，并确认机器人账户已启用且未过期',
  'reason.harbor-sign-in-robot':
    '请使用有该权限的机器人账户登录；只有公开项目对所有人开放',
  'reason.harbor-only-administrator': '只有 Harbor 的系统管理员可以执行此操作',
  'reason.harbor-give-robot': '请填写机器人账户；只有公开项目是开放的',
  'reason.harbor-check-user':
    '请检查用户名和密码。通过 OIDC 登录 Harbor 的用户请填写用户设置中的 CLI 密码，它只能用于列表和镜像；配额和 Webhook 需要机器人账户',
  'reason.jfrog-write-name': '请写成 仓库键/镜像',
  'reason.jfrog-check-key':
    '请检查仓库键（Repository Key），并确认该账号可以读取该仓库',
  'reason.nexus-sign-in-or-anonymous':
    '请使用有该权限的账号登录，或在 Nexus 中启用匿名访问',
  'reason.nexus-enter-api': '请填写 API 地址',
  'reason.nexus-enter-name':
    '请填写仓库名（Repository Name）；Group 仓库还需填写其包含的仓库',
  'reason.nexus-by-hand': '请按步骤手动创建，或升级 Nexus',
  'reason.nexus-check-api': '请确认 API 地址是 Nexus 本身的地址',
  'reason.nexus-check-name':
    '请检查仓库名（Repository Name），并确认 API 地址是 Nexus 本身的地址',
  'reason.quay-check-address':
    '请确认该地址是 Quay 的地址，且没有代理代替它应答',
  'reason.quay-enter-organization': '请填写所需镜像所属的组织或用户',
  'reason.quay-check-organization': '请检查组织的拼写',
  'reason.quay-new-token':
    'Quay 不认识该 OAuth 应用令牌，或它已被撤销；请重新生成：Organization › Applications › Generate Token',
  'reason.ghcr-tick-scope':
    '请在 GitHub 上打开 Settings › Developer settings › Personal access tokens › Tokens (classic)，编辑该令牌并勾选 {{scope}}',
  'reason.harbor-held-back':
    '它可能需要先扫描或签名，或扫描结果过于严重。请查看 Harbor 的 项目 › {{project}} › 配置管理',
  'reason.harbor-project-robot':
    '请在 Harbor 中打开 项目 › {{project}} › 机器人账户，编辑该账户并勾选“{{right}}”。某个项目的机器人账户在其他项目中没有权限',
  'reason.harbor-own-project-robot':
    '请在 Harbor 中打开该项目 › 机器人账户，编辑该账户并勾选“{{right}}”。某个项目的机器人账户在其他项目中没有权限',
  'reason.harbor-system-robot':
    '请在 Harbor 中打开 系统管理 › 机器人账户，编辑该账户并为项目 {{project}} 勾选“{{right}}”',
  'reason.harbor-system-permission':
    '请在 Harbor 中打开 系统管理 › 机器人账户，编辑该账户并在系统权限中勾选“{{right}}”',
  'reason.harbor-member-role':
    '请在 Harbor 中打开 项目 › {{project}} › 成员，为该账户授予角色 {{role}} 或更高的角色',
  'reason.jfrog-permission':
    '请在 JFrog Platform 中打开 Administration › User Management › Permissions，为 {{account}} 授予“{{permission}}”',
  'reason.jfrog-repository-permission':
    '请在 JFrog Platform 中打开 Administration › User Management › Permissions，为 {{account}} 授予对仓库 {{repository}} 的“{{permission}}”',
  'reason.nexus-privilege':
    '请在 Nexus 中打开 Administration › Security › Roles，在该账号的角色中添加“{{privilege}}”',
  'reason.nexus-browse-privilege':
    '请在 Nexus 中打开 Administration › Security › Roles，在该账号的角色中添加“{{privilege}}”以及相应的 read 权限',
  'reason.quay-lacks-scope':
    '该 OAuth 应用令牌缺少范围 {{scope}}，或生成它的人没有该权限；请重新生成：Organization › Applications › Generate Token',
  'reason.quay-needs-token':
    '没有 OAuth 应用令牌时，Quay 的 API 只显示公开镜像；请生成带 {{scope}} 的令牌',
  'reason.quay-name-at-most': '请填写需要通知的镜像名称，最多 {{count}} 个',
  'reason.harbor-project-admin':
    '请在 Harbor 中打开 项目 › {{project}} › 成员，为该账户授予角色 项目管理员',
};
