# What is wrong with a record of the registers of chambers and referrers.
fault-name-taken = 名录里已有这个名称，请核对；确是同一家，请在原记录上修改。
fault-source-in-use = 还有线索或用户用着这条记录，不能删除。重复的，请合并到另一条；不再用的，请改为停用。
fault-same-record = 不能合并到自己，请选另一条。
