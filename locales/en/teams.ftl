# Teams that attract investment.
nav-teams = Teams
teams-title = Investment teams
teams-under = City, county and joint teams: who is in them, how steady they are, where they went and what came of it.
teams-new = New team
teams-none = No teams yet
teams-none-text = Enter one with its members; trips and leads follow.
teams-none-found = No team matches
team-name = Team
team-kind = Kind
team-kind-city = City team
team-kind-county = County team
team-kind-joint = Joint team of city and county
team-county = County
team-county-hint = Of a county's or joint team.
team-leader = Leader
team-leader-hint = A username, or a name.
team-members = Members
team-members-none = Nobody entered yet.
team-stability = Stability
team-stability-new = New
team-stability-steady = Steady
team-stability-shifting = Shifting
team-stability-unsteady = Unsteady
team-stayed = { $share } stayed through { $months } months ({ $stayed } of { $began })
team-stayed-none = nobody was in it { $months } months ago
team-changed = { $count ->
   [one] last change 1 day ago
  *[other] last change { $count } days ago
  }
team-member-add = Add a member
team-member-name = Name
team-member-name-hint = May stay empty for a user: the account's name is taken.
team-member-user = User
team-member-user-hint = The username, if the person has an account here.
team-member-post = Post
team-member-from_on = In the team from
team-member-to_on = In the team until
team-member-to_on-hint = Who leaves gets the last day and stays on record.
team-member-left = Left
team-trips = Trips
team-trips-none = No trips yet.
team-trip-add = Add a trip
team-remove = Remove, entered by mistake
trip-kind = Kind
trip-kind-resident = Resident
trip-kind-outing = Trip
trip-region = Where to
trip-from_on = From
trip-to_on = Until
trip-to_on-hint = Left empty while they are away.
trip-lasts = still away
trip-purpose = What for
trip-people = Who went
trip-result = Result
trip-leads = Leads that came of it
trip-leads-hint = One code a line.
team-delete-text = { $count ->
   [one] Delete “{ $name }” with its member. It made no trip yet, so it can be deleted. This cannot be undone.
  *[other] Delete “{ $name }” with its { $count } members. It made no trip yet, so it can be deleted. This cannot be undone.
  }
act-team-create = Added a team
act-team-update = Edited a team
act-team-delete = Deleted a team
act-team-member = Edited a member of a team
act-team-trip = Edited a trip of a team
fault-team-has-trips = It made trips, so it stays on record.
