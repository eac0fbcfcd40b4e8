# The frame of every page and the parts in templates/shared.
brand = Yinfeng
brand-motto = Build the nest and the phoenix comes
skip-to-content = Skip to content
nav-label = Main
nav-home = Home
nav-leads = Leads
nav-duplicates = Duplicate check
nav-imports = Ledger import
nav-claims = Later reports
nav-chambers = Chambers
nav-referrers = Referrers
nav-townsmen = Townsmen
nav-events = Events
nav-recommendations = Recommendations
nav-users = Users
nav-audit = Audit trail
nav-mine = Mine
nav-account = My account
search-label = Search everything
search-hint = Company, project, contact; pinyin works
search-hint-own = Investor, project, code; pinyin works
sign-out = Sign out
language = Language
language-zh = 中文
language-en = English
loading = Looking…
cancel = Cancel
save = Save
copy = Copy
copied = Copied
nobody = Nobody yet
choose = Please choose
any = All
form-wrong = { $count ->
    [one] One field needs a change; it is marked below.
   *[other] { $count } fields need a change; they are marked below.
  }
net-offline = The network is down. What you typed is kept on this device; send it when you are back online.
net-failed = Not done: the server did not answer. Wait a moment and try again; what you typed is still here.
draft-restored = What you typed last time and did not save is back.
draft-discard = Discard
pages-label = Pages
pages-prev = Previous
pages-next = Next
pages-shown = { $count ->
    [one] 1 row
   *[other] { $count } rows
  }
pages-of = { $count } of { $total }
tabs-label = Views
step-done = done
step-now = now
step-next = to come
step-skipped = skipped
lateness-late = { $days ->
    [one] 1 day late
   *[other] { $days } days late
  }
lateness-today = Due today
lateness-ahead = { $days ->
    [one] 1 day left
   *[other] { $days } days left
  }
day-today = Today
day-yesterday = Yesterday
day-tomorrow = Tomorrow
money-yuan = ¥{ $n }
money-wan = ¥{ $n } × 10,000
money-yi = ¥{ $n } × 100 m
money-million = ¥{ $n } m
money-billion = ¥{ $n } bn
money-exact = ¥{ $n }
day-long = { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
  }, { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
  }
none = None
filter-do = Show
