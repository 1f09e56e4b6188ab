import { remedyMessages as english } from '../remedyMessages';

export const remedyMessages: Record<keyof typeof english, string> = {
  'reason.try-later': '请稍后重试',
  'reason.check-spelling': '请检查拼写；也可能已被删除',
  'reason.name-repositories': '请填写需要通知的镜像名称',
  'reason.name-endpoint-repositories': '请填写该端点可以通知的镜像名称',
  'reason.check-api-proxy': '请确认没有代理代替该 API 应答',
  'reason.check-sign-in-page': '请确认没有代理或登录页面代替它应答',
  'reason.wait-for-limit': '请稍候；限制按账号和操作分别计算',
  'reason.check-settings': '请检查镜像仓库的地址和设置',
  'reason.sign-in-with-right': '请使用有该权限的账号登录',
  'reason.type-names': '请手动输入镜像名称，而不是从列表中选择',
  'reason.check-login': '请检查用户名和密码（或令牌）',
  'reason.write-namespace-name': '请写成 命名空间/名称',
  'reason.spell-namespace-name': '请检查拼写；镜像名称写作 命名空间/名称',
  'reason.use-enterprise-triggers':
    '请使用企业版实例，或在推送后保存策略：届时会检查其 Tag',
  'reason.higher-limit': '请稍候，或使用限额更高的账号登录',
  'reason.check-host-name':
    '请检查主机名的拼写；该名称必须能在后端所在的机器上解析',
  'reason.check-dns': '请重试；并检查后端所在机器的 DNS 设置',
  'reason.check-port': '请检查端口，并确认镜像仓库正在运行',
  'reason.check-network': '请检查后端与镜像仓库之间的网络',
  'reason.check-network-again': '请重试；并检查后端与镜像仓库之间的网络',
  'reason.look-for-firewall': '请重试；如仍失败，请检查中间的防火墙或代理',
  'reason.check-firewall': '请检查端口，以及后端与镜像仓库之间的防火墙',
  'reason.check-load': '请重试；如仍失败，请检查镜像仓库的负载',
  'reason.check-is-registry': '请确认该地址是镜像仓库的地址',
  'reason.give-ca': '请在 TLS 设置中填写签发机构的证书，或在那里关闭校验',
  'reason.give-certificate':
    '请在 TLS 设置中把该证书填写为 CA，或在那里关闭校验',
  'reason.renew-certificate': '请更新镜像仓库的证书',
  'reason.check-clocks': '请检查两台机器的时钟',
  'reason.use-certificate-name':
    '请使用证书中包含的名称，或更新证书以包含此名称',
  'reason.write-http': '请将地址写成 http://，或填写 https 的端口',
  'reason.perhaps-https':
    '请重试；如仍失败，该端口可能使用 https：请将地址写成 https://',
  'reason.write-https': '请将地址写成 https://',
  'reason.check-name': '请检查地址和名称的拼写',
  'reason.check-kind': '请确认该地址是此类型镜像仓库的地址',
  'reason.check-registry-proxy':
    '请确认该地址是镜像仓库的地址，且没有代理代替它应答',
  'reason.give-right': '请在镜像仓库中授予该账号相应的权限',
  'reason.check-log': '请稍后重试；如仍失败，请查看镜像仓库的日志',
  'reason.proxy-answers':
    '镜像仓库前的代理代替它应答；请确认其后的镜像仓库正在运行',
  'reason.no-registry-page':
    '请确认该地址是镜像仓库的地址，且没有代理或登录页面代替它应答',
  'reason.give-pem': '请填写 PEM 格式，以 -----BEGIN CERTIFICATE----- 开头',
  'reason.write-address': '请写成 https://主机[:端口][/路径]',
  'reason.only-http': '只允许 http 和 https',
  'reason.move-credentials': '请填写到镜像仓库的凭据中',
  'reason.tell-public-address':
    '请为镜像仓库配置其公开地址（distribution 的 http.host，代理之后则为 X-Forwarded-Proto）',
  'reason.check-proxy': '请检查代理的地址，并确认代理正在运行',
  'reason.check-proxy-login': '请检查代理的用户名和密码',
  'reason.check-proxy-firewall': '请检查地址，以及代理与镜像仓库之间的防火墙',
  'reason.check-proxy-name':
    '请检查主机名的拼写：该名称必须能在代理所在的机器上解析',
  'reason.check-proxy-kind': '请确认该地址是 HTTP 代理的地址，并查看其日志',
  'reason.address-of-other-host': '如果那就是镜像仓库本身，请将地址改为该主机',
  'reason.give-credentials': '请填写凭据；对不存在的内容，镜像仓库也会这样应答',
  'reason.give-right-or-absent':
    '请在镜像仓库中授予该账号相应的权限；对不存在的内容，镜像仓库也会这样应答',
  'reason.basic-or-bearer': '支持 Basic 和 Bearer',
  'reason.give-pull-right': '请在镜像仓库中授予该账号拉取权限',
  'reason.changed-on-the-way':
    '内容在途中被修改，或在镜像仓库中已损坏；压缩或改写应答的代理也会导致这种情况',
  'reason.type-the-name': '请手动输入镜像名称，而不是从列表中选择',
  'reason.build-again': '请使用较新的工具重新构建并推送镜像',
  'reason.push-again': '请重新推送镜像；改写内容类型的代理也会导致这种情况',
  'reason.check-path': '请检查镜像仓库地址中的路径，以及其前的代理',
  'reason.no-registry-here': '该地址没有镜像仓库；请检查主机、端口和路径',
  'reason.perhaps-web-page':
    '请检查主机、端口和路径；镜像仓库的网页界面通常使用另一个地址',
  'reason.correct-realm': '请在镜像仓库的配置中更正 realm',
  'reason.change-address-or-public':
    '如果那就是镜像仓库本身，请修改地址；如在代理之后，请为它配置公开地址',
  'reason.bring-key-back': '请恢复密钥，或重新填写凭据',
  'reason.connect-again': '请重新连接，或让使用它的内容改用其他镜像仓库',
  'reason.add-module': '请在后端安装该类型的模块',
  'reason.try-again': '请重试',
  'reason.set-clock':
    '请校准后端所在机器的时钟，例如使用 NTP：该 API 最多接受 {{minutes}} 分钟的偏差',
  'reason.check-proxy-for': '请确认没有代理代替 {{service}} 应答',
  'reason.list-address': '如果确实需要访问，请将 {{entry}} 添加到 {{key}}',
  'reason.write-origin': '如果是同一个服务，请将地址写成 {{origin}}',
  'reason.allow-connect':
    '请让代理允许对 {{target}} 的 CONNECT，或将该主机列为不使用代理的主机',
  'reason.change-address': '请将镜像仓库的地址改为 {{origin}}',
  'reason.trust-realm': '如果那是它的令牌服务，请将 {{host}} 添加到 {{key}}',
};
