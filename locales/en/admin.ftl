# Users and the trail.
users-under = Disabled accounts are kept, never deleted; the auditor sees every grant of a role.
users-find = Name or user name
users-none = No user fits
users-none-text = Ask for something else, or make a user.
users-back = Back to users
user-new = New user
user-new-do = Make the user
user-created = The user is made.
user-saved = Saved.
user-display-name = Name
user-role = Role
user-role-hint = Decides what one sees and does. After a change the user signs in again.
user-region = County
user-region-hint = Needed for county officers and county leaders.
user-chamber = Chamber
user-chamber-hint = Needed for chamber liaisons.
user-place = County or chamber
user-phone = Mobile phone
user-phone-hint = Kept encrypted; pages show only a part.
user-email = E-mail
user-last-seen = Last used
user-state = State
user-state-active = Active
user-state-disabled = Disabled
user-state-all = All
user-disable = Disable the account
user-disable-do = Disable
user-disable-text = { $name } is signed out everywhere, the tokens end, and signing in is no longer possible. What was recorded stays.
user-disable-leads = { $count ->
    [one] One active lead stands in this name; please give it to somebody else.
   *[other] { $count } active leads stand in this name; please give them to somebody else.
  }
user-disable-projects = { $count ->
    [one] One project stands in this name; please give it to somebody else.
   *[other] { $count } projects stand in this name; please give them to somebody else.
  }
user-disabled = The account is disabled.
user-enable = Enable again
user-enabled = The account is enabled.
user-reset = Reset password
user-reset-do = Reset
user-reset-text = { $name } gets a new password; the old one ends, and all devices are signed out.
user-reset-done = The password is reset
user-reset-once = The new password is shown this once. Tell { $name } in person or by phone; it must be changed at the first sign-in.
audit-sealed = Sealed until
audit-checked = seals last checked to the end
audit-unsealed = The trail is not sealed yet.
audit-broken = The chain does not fit at seal { $id }: entries may have been altered. Report it at once and leave everything as it is.
audit-who = Who
audit-action = Deed
audit-subject = Subject
audit-changes = Changes
audit-at = When
audit-from = From
audit-to = To
audit-fields = { $count ->
    [one] 1 change
   *[other] { $count } changes
  }
audit-none = Nothing fits
audit-none-text = Ask for another time or person.
audit-encrypted = (encrypted)
