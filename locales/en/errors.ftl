# Error pages: what happened, what to do now, and the button that does it.
error-401-title = Please sign in
error-401-text = You are not signed in, or you were away too long and were signed out. You come back to this page afterwards.
error-401-way = Sign in
error-403-title = Your role does not do this
error-403-text = Somebody else does this work. If you need it, ask the system administrator of your unit.
error-403-way = Back to home
error-404-title = Not found
error-404-text = The address may be wrong, the record may have been deleted, or it lies outside your work. Try the search box above.
error-404-way = Back to home
error-405-title = This address is not opened this way
error-405-text = Please use the buttons and links of the pages.
error-405-way = Back to home
error-409-title = This conflicts with a record
error-409-text = It has been registered already, or somebody has just changed it. Go back, compare, and try again.
error-409-way = Back to home
error-412-title = Somebody has just changed this record
error-412-text = So that nobody's edit is lost, yours is not saved yet. Open the record as it is now, compare, and edit again.
error-412-way = See it as it is now
error-413-title = Too large
error-413-text = Split it into smaller files, or compress the pictures, and send it again.
error-413-way = Back to home
error-415-title = This kind of file is not known
error-415-text = Please use one of the formats listed on the page.
error-415-way = Back to home
error-422-title = Something in the form is wrong
error-422-text = Go back, change what is marked, and send it again. What you typed is still there.
error-422-way = Back to home
error-428-title = The version is missing
error-428-text = Nobody can tell whether somebody else has changed this record since you read it. Open it again and save from there.
error-428-way = See it as it is now
error-429-title = Too many requests
error-429-text = To protect the data, the system asks you to wait a moment.
error-429-way = Try again
error-500-title = Something went wrong here
error-500-text = It was not your doing, and nothing was changed. Try again later; if it stays so, give the number below to your administrator.
error-500-way = Back to home
error-503-title = Under maintenance
error-503-text = Usually a few minutes. What you typed is kept on this device.
error-503-way = Try again
error-wait = { $seconds ->
    [one] Please wait 1 second.
   *[other] Please wait { $seconds } seconds.
  }
error-request-id = Number
