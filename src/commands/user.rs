//! `yinfeng user`: keeping users from the server itself.

use crate::accounts::forms::UserBody;
use crate::accounts::model::{Locale, Role, User};
use crate::accounts::password;
use crate::accounts::queries::users;
use crate::accounts::registry::{Registry, first_password};
use crate::app::Ground;
use crate::audit::By;
use crate::commands::password::given;
use crate::commands::{Failure, Outcome, ground, print_json};
use crate::error::{AppError, FieldErrors};
use serde::Serialize;

/// The name under which the trail keeps what the command line did.
pub const BY: By<'static> = By::Program("command line", None);

#[derive(clap::Subcommand)]
pub enum Command {
    /// Add a user. Without --password-stdin a password is made and printed once.
    Add(Add),
    /// List all users.
    List {
        #[arg(long)]
        json: bool,
    },
    /// Disable a user: his sessions and tokens end, his records stay.
    Disable {
        #[arg(long)]
        username: String,
    },
    /// Give a user a new password, which he must change at his next sign-in.
    ResetPassword {
        #[arg(long)]
        username: String,
        /// Read the password from standard input instead of making one.
        #[arg(long)]
        password_stdin: bool,
        #[arg(long)]
        json: bool,
    },
}

#[derive(clap::Args)]
pub struct Add {
    #[arg(long)]
    username: String,
    /// admin, auditor, bureau_head, bureau_officer, county_officer, county_leader, chamber_liaison,
    /// federation, finance_reviewer, approvals_officer or leading_group
    #[arg(long)]
    role: Role,
    /// The county or zone that county roles act for, such as 450721 or QZ-FTZ.
    #[arg(long)]
    region: Option<String>,
    /// The chamber that a liaison acts for, by id or code.
    #[arg(long)]
    chamber: Option<String>,
    #[arg(long)]
    display_name: Option<String>,
    #[arg(long)]
    phone: Option<String>,
    #[arg(long)]
    email: Option<String>,
    /// zh-CN or en
    #[arg(long, default_value = "zh-CN")]
    locale: Locale,
    /// Read the password from standard input.
    #[arg(long)]
    password_stdin: bool,
    /// The given password must be changed at the first sign-in (one that is made always must).
    #[arg(long)]
    must_change: bool,
    #[arg(long)]
    json: bool,
}

pub fn run(command: Command) -> Outcome {
    match command {
        Command::Add(args) => add(args),
        Command::List { json } => list(json),
        Command::Disable { username } => disable(&username),
        Command::ResetPassword { username, password_stdin, json } => reset(&username, password_stdin, json),
    }
}

/// A user as scripts read it.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    username: &'a str,
    display_name: &'a str,
    role: Role,
    region: Option<&'a str>,
    chamber_id: Option<&'a str>,
    active: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    one_time_password: Option<&'a str>,
}

impl<'a> Line<'a> {
    fn of(user: &'a User, one_time_password: Option<&'a str>) -> Self {
        Line {
            id: user.id.as_str(),
            username: &user.username,
            display_name: &user.display_name,
            role: user.role,
            region: user.region.as_deref(),
            chamber_id: user.chamber_id.as_ref().map(|id| id.as_str()),
            active: user.active,
            one_time_password,
        }
    }
}

fn add(args: Add) -> Outcome {
    let display_name = args.display_name.unwrap_or_else(|| args.username.clone());
    let password = given(args.password_stdin, &args.username, &display_name)?;
    let ground = ground()?;
    let body = UserBody {
        display_name: Some(display_name),
        username: Some(args.username),
        role: Some(args.role),
        region: args.region,
        chamber: args.chamber,
        phone: args.phone,
        email: args.email,
        locale: Some(args.locale),
        ..UserBody::default()
    };
    let mut errors = FieldErrors::default();
    let input = body.checked(&ground.reference, &mut errors);
    errors.into_result()?;
    let input = input.ok_or(AppError::NotFound)?;
    let hash = first_password(&password.text, &input)?;
    let must_change = password.generated || args.must_change;
    let registry = Registry::beside(&ground, BY);
    let user = ground.db.write(|conn| registry.add(conn, &input, &hash, must_change))?;
    let told = password.generated.then_some(password.text.as_str());
    if args.json {
        return print_json(&Line::of(&user, told));
    }
    println!("{} ({}) added", user.username, user.role);
    tell(told);
    Ok(())
}

fn list(json: bool) -> Outcome {
    let ground = ground()?;
    let all = ground.db.read(|conn| Ok::<_, AppError>(users::all(conn)?))?;
    if json {
        return print_json(&all.iter().map(|user| Line::of(user, None)).collect::<Vec<_>>());
    }
    for user in &all {
        let place = user.region.as_deref().or(user.chamber_id.as_ref().map(|id| id.as_str())).unwrap_or("");
        let state = if user.active { "" } else { "disabled" };
        println!("{}\t{}\t{}\t{place}\t{state}", user.username, user.role, user.display_name);
    }
    Ok(())
}

fn disable(username: &str) -> Outcome {
    let ground = ground()?;
    let registry = Registry::beside(&ground, BY);
    ground.db.write(|conn| {
        let user = named(conn, username)?;
        let body = UserBody { active: Some(false), ..UserBody::of(&user, &ground.keys)? };
        let mut errors = FieldErrors::default();
        let input = body.checked(&ground.reference, &mut errors);
        errors.into_result()?;
        registry.change(conn, &user, &input.ok_or(AppError::NotFound)?)
    })?;
    println!("{username} disabled");
    Ok(())
}

fn reset(username: &str, password_stdin: bool, json: bool) -> Outcome {
    let ground = ground()?;
    let user = ground.db.read(|conn| named(conn, username))?;
    let password = given(password_stdin, &user.username, &user.display_name)?;
    if let Some(code) = weakness(&ground, &user, &password.text)? {
        return Err(AppError::invalid("password", code).into());
    }
    let hash = password::hash(&password.text)?;
    let registry = Registry::beside(&ground, BY);
    ground.db.write(|conn| registry.reset_password(conn, &user, &hash))?;
    let told = password.generated.then_some(password.text.as_str());
    if json {
        return print_json(&Line::of(&user, told));
    }
    println!("{username}: the password is set and must be changed at the next sign-in");
    tell(told);
    Ok(())
}

fn weakness(ground: &Ground, user: &User, text: &str) -> Result<Option<&'static str>, Failure> {
    let phone = user.phone(&ground.keys).map_err(anyhow::Error::new)?;
    Ok(password::weakness(text, &user.username, &user.display_name, phone.as_deref()))
}

/// The user of a name, or a refusal that says there is none.
pub fn named(conn: &mut crate::db::AnyConn, username: &str) -> Result<User, AppError> {
    users::find_by_username(conn, username)?.ok_or_else(|| AppError::invalid("username", "unknown-user"))
}

fn tell(password: Option<&str>) {
    if let Some(password) = password {
        println!("one-time password: {password}");
    }
}
