# Search.
search-title = Search
search-title-of = Search: { $q }
search-do = Search
search-narrow = Narrow down
search-narrowed = Narrow down ({ $count } set)
search-count = { $count ->
   [one] 1 lead
  *[other] { $count } leads
  }
search-took = in { $ms } ms
search-approximate = Few match exactly; similar spellings, same sounds and synonyms are listed too.
search-stale = What was entered just now can be found in a few seconds.
search-none = Nothing found
search-none-text = Type fewer characters, try pinyin, or take away a filter.
search-none-yet = Nothing yet; type a little more
search-all = { $count ->
   [one] See the one result
  *[other] See all { $count } results
  }
search-fault = Search is not available now
search-fault-text = Nothing is lost. You can filter the list of leads meanwhile.
search-fault-way = To the list of leads
facet-unset = take away
found-in-uscc = Credit code
found-in-contact_name = Contact
found-in-content = What is planned
found-in-follow_ups = Follow-ups
found-in-chamber_follow_ups = Follow-ups
found-in-remark = Remark
search-help = How to search
search-try-part = 小橘灯
search-help-part = A few characters of the name are enough.
search-try-words = 灵山 毛绒
search-help-words = Words apart by spaces must all be there.
search-try-pinyin = maorong
search-help-pinyin = Pinyin, without changing the keyboard.
search-try-initials = xjd
search-help-initials = The first letters of the pinyin.
search-try-code = 000123
search-help-code = A part of the lead's code or the credit code.
search-try-person = 林总
search-help-person = The contact's name; of a phone number all digits.
search-try-exact = "小橘灯"
search-help-exact = In quotes: exactly so, without same sounds and similar spellings.
search-try-without = 灵山 -毛绒
search-help-without = A minus before a word: leads that do not have it.
search-try-filter = county:灵山 stage:negotiation
search-help-filter = Before the colon county, industry, stage, status, source, chamber, officer or leader; behind it the name.
search-try-amount = amount:>1亿 date:2026
search-help-amount = Amounts also as <5000万 or 5000万..1亿, without a unit in 10,000 yuan; dates by year, month or day.
search-kind-lead = Leads
search-kind-project = Projects
search-kind-company = Companies
search-kind-referrer = Referrers
search-kind-chamber = Chambers
search-company-leads = See its leads
search-unknown = There is no “{ $value }” in “{ $field }”. Please check the spelling.
search-investment_from_fen = Investment from { $value }
search-investment_to_fen = Investment up to { $value }
search-registered_from = Registered from { $value }
search-registered_to = Registered until { $value }
investment-under_10m = Under 10 million yuan
investment-10m = 10 to 50 million yuan
investment-50m = 50 to 100 million yuan
investment-100m = 100 to 500 million yuan
investment-500m = 500 million to 1 billion yuan
investment-1000m = 1 billion yuan and more
