# The register of referrers.
referrers-title = Referrers
referrers-under = Persons, firms and teams that bring leads. New names of an import wait under To review.
referrers-new = New referrer
referrers-tab-all = All
referrers-filter-q = Name
referrers-none = No referrers yet
referrers-none-text = Register one, and leads can name them.
referrers-none-found = No referrer matches
referrer-name = Name
referrer-kind = Kind
referrer-kind-person = Person
referrer-kind-enterprise = Enterprise
referrer-kind-team = Attraction team
referrer-kind-agency = Commissioned agency
referrer-kind-townsman = Respected native
referrer-review-what = This name came with a ledger. Check it and set it to “In use”; merge a double into the other one.
