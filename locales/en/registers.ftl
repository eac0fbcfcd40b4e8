# What is wrong with a record of the registers of chambers and referrers.
fault-name-taken = The register has this name already; if it is the same one, please change that record.
fault-source-in-use = Leads or users still name this record, so it stays. If it is there twice, merge it into the other one; if it is out of use, set it inactive.
fault-same-record = A record cannot be merged into itself; please choose another one.
