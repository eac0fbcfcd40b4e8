//! The figures of all chambers added up, remembered by period and origin. They are the same for every reader. After a write
//! only the figures of the chambers that it touched are added up again: everybody's of a year take some 50 ms.

use crate::app::App;
use crate::chambers::evidence::model::{EvidenceFigure, Figures, Period};
use crate::chambers::evidence::queries;
use crate::chambers::evidence::queries::{Mark, Origin, Touched, Whose};
use crate::chambers::evidence::view::filter;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use diesel::QueryResult;
use futures_util::future::try_join_all;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// Figures of different periods kept at once, with four origins each; then the oldest are forgotten.
const MOST: usize = 100;

type ByChamber = Arc<HashMap<Id, Figures>>;

#[derive(Debug, Default)]
pub struct KnownFigures {
    kept: Mutex<HashMap<(Period, Origin), Kept>>,
}

#[derive(Debug, Clone)]
struct Kept {
    /// As it was before the figures were added up.
    mark: Mark,
    kept_at: Instant,
    figures: ByChamber,
}

impl KnownFigures {
    fn get(&self, period: Period, origin: Origin) -> Option<Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).get(&(period, origin)).cloned()
    }

    fn keep(&self, period: Period, origin: Origin, mark: Mark, figures: ByChamber) -> ByChamber {
        let kept = Kept { mark, kept_at: Instant::now(), figures: Arc::clone(&figures) };
        let mut all = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert((period, origin), kept);
        if all.len() > MOST
            && let Some(oldest) = all.iter().min_by_key(|(_, kept)| kept.kept_at).map(|(key, _)| *key)
        {
            all.remove(&oldest);
        }
        figures
    }
}

/// The figures of every chamber that has any; of origins that are to be added up anew, at the same time.
pub async fn figures(app: &App, period: Period) -> Result<HashMap<Id, Figures>, AppError> {
    let known = app
        .read(move |app, conn| {
            let mut known = Vec::new();
            for origin in Origin::ALL {
                known.push((origin, up_to_date(conn, app, period, origin)?));
            }
            Ok(known)
        })
        .await?;
    let unknown = known.iter().filter(|(_, figures)| figures.is_none()).map(|(origin, _)| *origin);
    let anew = unknown.map(|origin| app.read(move |app, conn| Ok(everybodys(conn, app, period, origin)?)));
    let anew = try_join_all(anew).await?;
    let mut all: HashMap<Id, Figures> = HashMap::new();
    for of_origin in known.into_iter().filter_map(|(_, figures)| figures).chain(anew) {
        for (chamber, figures) in of_origin.iter() {
            let sum = all.entry(chamber.clone()).or_default();
            EvidenceFigure::ALL.iter().for_each(|figure| *sum.of_mut(*figure) += figures.of(*figure));
        }
    }
    Ok(all)
}

/// What is remembered, with the figures of the chambers that were touched since; `None` where nothing is, or too many were.
fn up_to_date(
    conn: &mut AnyConn,
    app: &App,
    period: Period,
    origin: Origin,
) -> QueryResult<Option<ByChamber>> {
    let Some(kept) = app.chamber_figures.get(period, origin) else { return Ok(None) };
    let (touched, mark) = match kept.mark.touched(conn, origin)? {
        Touched::Everybodys => return Ok(None),
        Touched::Nobodys => return Ok(Some(kept.figures)),
        Touched::Those(touched, mark) => (touched, mark),
    };
    if touched.is_empty() {
        return Ok(Some(app.chamber_figures.keep(period, origin, mark, kept.figures)));
    }
    let mut figures = HashMap::clone(&kept.figures);
    figures.retain(|chamber, _| !touched.contains(chamber));
    let filter = filter(app, period);
    figures.extend(queries::by_chamber(conn, &filter, origin, Whose::Those(&touched))?);
    Ok(Some(app.chamber_figures.keep(period, origin, mark, Arc::new(figures))))
}

fn everybodys(conn: &mut AnyConn, app: &App, period: Period, origin: Origin) -> QueryResult<ByChamber> {
    let mark = Mark::of(conn, origin)?;
    let figures = queries::by_chamber(conn, &filter(app, period), origin, Whose::Everybodys)?;
    Ok(app.chamber_figures.keep(period, origin, mark, Arc::new(figures)))
}
