# Whether an investor is already here.
duplicates-title = 查重
duplicates-under = 谈之前先查一查：这家企业有没有人在跟。
duplicates-name-hint = 全称或简称都可以；省市、“有限公司”写不写都认得。
duplicates-ask = 查一查
duplicates-limit = 每小时最多查 20 次，都有记录。
duplicates-found = 查到 { $count } 条相同或相近的线索
duplicates-first = 首报时间以先登记的为准。
duplicates-none = 没有查到，可以登记
duplicates-none-text = 按名称、信用代码和电话都没有找到相同的。
duplicates-registered-short = 这家企业已经登记。您仍可报送，市局答复期限：
duplicates-registered-next = 您的报送会作为后报记录保存。
duplicates-register-anyway = 仍要报送
duplicate-registered = 已有登记，市局在 { $date } 前答复。
