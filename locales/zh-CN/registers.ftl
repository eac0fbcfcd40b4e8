# What is wrong with a record of the registers of chambers and referrers.
fault-name-taken = 名录里已有这个名称，请核对；确是同一家，请在原记录上修改。
fault-chamber-evidence-stays = 工商联已确认过这家商会的成效，确认的数据不能并到别的商会名下。请改为停用；确需合并的，先由工商联撤销确认。
fault-source-in-use = 还有线索、用户或登记事项用着这条记录，不能删除。重复的，请合并到另一条；不再用的，请改为停用。
fault-same-record = 不能合并到自己，请选另一条。
fault-other-region = 这是其他县区的，您只能查看。

# Doing something with a record of either register.
register-added = 已登记。
register-saved = 已保存。
register-merged = 已合并，原来的线索都记在这一条名下。
register-merge = 合并
register-merge-text = “{ $name }”和名录里的另一条是同一家或同一人时，合并到那一条：这里的线索（您能看到 { $count } 条）改记到那一条，本条随后删除，不能撤回。
register-merge-into = 合并到
register-merge-hint = 输入名称或编号，从提示中选。
register-merge-do = 合并并删除本条
register-delete = 删除
register-delete-text = “{ $name }”没有线索、后报和用户用着，可以删除。删除后不能撤回。
register-delete-named = 还有线索、后报或用户用着“{ $name }”（您能看到 { $count } 条线索），所以不能删除。
register-delete-instead = 重复的，请合并到另一条；不再用的，请修改为停用。
register-delete-do = 删除，不能撤回
register-deleted = 已删除。
register-reveal = 查看电话
register-back = 回到这条记录
