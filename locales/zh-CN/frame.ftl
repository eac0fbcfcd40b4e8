# The frame of every page and the parts in templates/shared.
brand = 引凤
brand-motto = 筑巢引凤 · 招商引资工作平台
skip-to-content = 跳到正文
nav-label = 主导航
nav-home = 首页
nav-leads = 线索
nav-duplicates = 查重
nav-imports = 导入台账
nav-claims = 后报
nav-chambers = 商会
nav-referrers = 引荐人
nav-townsmen = 乡贤
nav-events = 招商活动
nav-recommendations = 融资推荐
nav-users = 用户
nav-audit = 操作记录
nav-mine = 我的
nav-account = 我的账号
search-label = 全站搜索
search-hint = 搜企业、项目、联系人，可用拼音
search-hint-own = 搜投资方、项目、编号，可用拼音
sign-out = 退出登录
language = 语言
language-zh = 中文
language-en = English
loading = 正在查……
cancel = 取消
save = 保存
copy = 复制
copied = 已复制
nobody = 未定
choose = 请选择
any = 全部
form-wrong = 有 { $count } 处需要修改，已在下面标出。
net-offline = 网络已断开。填写的内容保存在本机，恢复后再提交。
net-failed = 没有办成：服务器没有应答。请稍等再试，填写的内容都还在。
draft-restored = 已恢复上次没有保存的内容。
draft-discard = 不要了
pages-label = 翻页
pages-prev = 上一页
pages-next = 下一页
pages-shown = 本页 { $count } 条
pages-of = 本页 { $count } 条，共 { $total } 条
tabs-label = 分类
step-done = 已完成
step-now = 当前
step-next = 未到
step-skipped = 跳过
lateness-late = 逾期 { $days } 天
lateness-today = 今天到期
lateness-ahead = 还有 { $days } 天
day-today = 今天
day-yesterday = 昨天
day-tomorrow = 明天
money-yuan = { $n } 元
money-wan = { $n } 万元
money-yi = { $n } 亿元
money-million = { $n } 百万元
money-billion = { $n } 十亿元
money-exact = { $n } 元
day-long = { $month }月{ $day }日 { $weekday ->
    [1] 星期一
    [2] 星期二
    [3] 星期三
    [4] 星期四
    [5] 星期五
    [6] 星期六
   *[7] 星期日
  }
none = 无
filter-do = 查看
