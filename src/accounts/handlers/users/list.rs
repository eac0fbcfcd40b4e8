//! `GET /admin/users` and `GET /api/v1/users`.

use super::UserView;
use crate::accounts::admin_pages::{UserLine, Users};
use crate::accounts::model::{Role, User};
use crate::accounts::policy;
use crate::accounts::queries::users::{self, UserFilter};
use crate::app::App;
use crate::chambers::{self, Chamber};
use crate::db::AnyConn;
use crate::db::page::{Cursor, Order, PageOf};
use crate::error::AppError;
use crate::web::filled::{Choice, Filled};
use crate::web::params::Params;
use crate::web::roles::UserReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::Data;
use std::str::FromStr;

/// The usual order of this list.
const BY_NAME: Order = Order::ascending("username");

/// What the page calls the two states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct State(bool);

impl FromStr for State {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "active" => Ok(State(true)),
            "disabled" => Ok(State(false)),
            _ => Err(()),
        }
    }
}

pub async fn index(app: Data<App>, _: UserReader, params: Params) -> Result<HttpResponse, AppError> {
    params.only_of_list(&["q", "role", "active"])?;
    let order = params.order(BY_NAME)?;
    let filter = UserFilter {
        q: params.text("q").map(str::to_owned),
        role: params.one("role")?,
        active: params.text("active").map(|_| params.flag("active")).transpose()?,
    };
    let (after, limit) = (params.cursor(&order.to_string())?, params.limit()?);
    let counts = params.flag("count")?;
    let page = app
        .read(move |app, conn| {
            let (page, chambers) = read(conn, &filter, order, after, limit)?;
            let total = if counts { Some(users::count(conn, &filter)?) } else { None };
            page.with_total(total).try_map(|user| UserView::with_chambers(app, user, &chambers))
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

pub async fn show(
    app: Data<App>,
    visit: Visit,
    reader: UserReader,
    params: Params,
) -> Result<HttpResponse, AppError> {
    params.only(&["q", "role", "state", "cursor"])?;
    let filter = UserFilter {
        q: params.text("q").map(str::to_owned),
        role: params.one("role")?,
        active: params.one::<State>("state")?.map(|state| state.0),
    };
    let (after, limit, lang) = (params.cursor(&BY_NAME.to_string())?, params.limit()?, visit.lang.code());
    let filled = ["q", "role", "state"]
        .into_iter()
        .fold(Filled::new(), |filled, name| filled.value(name, params.text(name).unwrap_or_default()));
    let (begins, may_keep) = (after.is_none(), policy::keeps_users(reader.role));
    let page = app
        .read(move |app, conn| {
            let (page, chambers) = read(conn, &filter, BY_NAME, after, limit)?;
            let ids: Vec<_> = page.items.iter().map(|user| user.id.clone()).collect();
            let seen = users::last_seen(conn, &ids)?;
            let link = |cursor: Option<&str>| format!("/admin/users?{}", params.with("cursor", cursor));
            Ok(Users {
                filter: filled,
                may_keep,
                roles: Role::ALL.iter().map(|role| Choice::code(role.as_str())).collect(),
                total: users::count(conn, &filter)?,
                prev: if begins { String::new() } else { link(None) },
                next: page.next_cursor.as_deref().map(|cursor| link(Some(cursor))).unwrap_or_default(),
                rows: page
                    .items
                    .into_iter()
                    .map(|user| UserLine {
                        last_seen_at: seen.get(&user.id).copied(),
                        place: place(app, &user, &chambers, lang),
                        id: user.id.to_string(),
                        username: user.username,
                        display_name: user.display_name,
                        role: user.role.as_str().to_owned(),
                        active: user.active,
                    })
                    .collect(),
            })
        })
        .await?;
    visit.page(&app, &page)
}

fn read(
    conn: &mut AnyConn,
    filter: &UserFilter,
    order: Order,
    after: Option<Cursor>,
    limit: i64,
) -> Result<(PageOf<User>, Vec<Chamber>), AppError> {
    let rows = users::list(conn, filter, order, after.as_ref().map(|cursor| cursor.id.as_str()), limit)?;
    let page = PageOf::from_rows(rows, limit, |user: &User| order.at(&user.username));
    let ids: Vec<_> = page.items.iter().filter_map(|user| user.chamber_id.clone()).collect();
    Ok((page, chambers::queries::of_ids(conn, &ids)?))
}

fn place(app: &App, user: &User, chambers: &[Chamber], lang: &str) -> String {
    let chamber = chambers.iter().find(|chamber| Some(&chamber.id) == user.chamber_id.as_ref());
    match (chamber, &user.region) {
        (Some(chamber), _) => chamber.name.clone(),
        (None, Some(region)) => app.reference.region_name(region, lang).to_owned(),
        (None, None) => String::new(),
    }
}
