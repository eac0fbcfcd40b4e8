# The register of referrers.
referrers-title = 引荐人
referrers-under = 引荐线索的个人、企业和团队。导入时遇到新名称，先放在“待核对”。
referrers-new = 登记引荐人
referrers-tab-all = 全部
referrers-filter-q = 名称
referrers-none = 还没有引荐人
referrers-none-text = 登记一位，报送线索时就能选到。
referrers-none-found = 没有符合条件的引荐人
referrer-name = 姓名或名称
referrer-kind = 类别
referrer-kind-person = 个人
referrer-kind-enterprise = 企业
referrer-kind-team = 招商团队
referrer-kind-agency = 委托招商机构
referrer-kind-townsman = 乡贤
referrer-review-what = 这个名称来自导入的台账。请核对后改为“在用”；与名录里重复的，请合并。
