//! What happened on days, as people say it.

use super::book::Book;
use crate::{
    catalog::channel::{OWN_CHANNEL, channels},
    domain::Annotation,
    workbook,
    worker::protocol::{Change, Failure},
};

/// A change of what is said of days as an entry of the log, when it is a valid one.
pub(super) fn checked(change: &Change, book: &Book) -> Result<workbook::Change, Failure> {
    let known = |number: &u64| {
        let said = book.fold().annotations.get(number);
        said.cloned().ok_or_else(|| invalid(&number.to_string()))
    };
    Ok(match change {
        Change::Annotate { replaces, annotation } => {
            replaces.as_ref().map(known).transpose()?;
            let annotation = annotated(annotation, book)?;
            workbook::Change::Annotate { replaces: *replaces, annotation }
        }
        Change::RemoveAnnotation { number } => {
            workbook::Change::RemoveAnnotation { number: *number, annotation: known(number)? }
        }
        _ => return Err(invalid("")),
    })
}

fn invalid(value: &str) -> Failure {
    Failure::InvalidValue { value: value.to_owned() }
}

/// A text that is not too long, on days in their order, of a KPI and a channel that are known.
fn annotated(annotation: &Annotation, book: &Book) -> Result<Annotation, Failure> {
    let Annotation { days, kpi, channel, text } = annotation;
    let text = text.trim();
    if text.is_empty() || text.chars().count() > Annotation::MOST_LETTERS {
        return Err(invalid(text));
    }
    if days.from > days.to {
        return Err(invalid(&days.to_string()));
    }
    if !kpi.is_empty() {
        book.dictionary().get(kpi).ok_or_else(|| invalid(kpi))?;
    }
    let is_known = |channel: &str| channels().iter().any(|it| it.id == channel);
    if !channel.is_empty() && channel != OWN_CHANNEL && !is_known(channel) {
        return Err(invalid(channel));
    }
    Ok(Annotation { text: text.to_owned(), ..annotation.clone() })
}

#[cfg(test)]
mod tests {
    use crate::{
        domain::{Annotation, Day, Filters, Granularity, Period},
        storage::{Store, Stored, Write},
        worker::{
            protocol::{
                AnnotationView, Change, Comparison, Failure, HomeRequest, KpiView, Request,
                Response, WorkbookState,
            },
            session::Session,
        },
    };

    fn opened(stored: &Stored) -> Session {
        let mut session = Session::new();
        session.open("w", "W", false, stored, 0).unwrap();
        session
    }

    fn september() -> Period {
        Period::between(Day::parse("2026-09-01").unwrap(), Day::parse("2026-09-30").unwrap())
    }

    fn on(day: &str, text: &str) -> Annotation {
        let day = Day::parse(day).unwrap();
        let days = Period { from: day, to: day };
        Annotation { days, kpi: String::new(), channel: String::new(), text: text.to_owned() }
    }

    fn annotate(replaces: Option<u64>, annotation: Annotation) -> Request {
        Request::Change(Change::Annotate { replaces, annotation })
    }

    #[track_caller]
    fn changed(session: &mut Session, request: &Request) -> WorkbookState {
        match session.handle(request, 0).response {
            Response::Changed(state) => state,
            other => panic!("{other:?}"),
        }
    }

    fn kpi(session: &mut Session, kpi: &str) -> KpiView {
        let home = HomeRequest {
            filters: Filters::default(),
            period: Some(september()),
            comparison: Comparison::None,
            granularity: Granularity::Day,
            trend_kpi: kpi.to_owned(),
            trend_by: None,
            today: Day::parse("2026-10-01").unwrap(),
        };
        match session.handle(&Request::Kpi { kpi: kpi.to_owned(), home }, 0).response {
            Response::Kpi(view) => view.open().unwrap().kpi,
            other => panic!("{other:?}"),
        }
    }

    fn texts(views: &[AnnotationView]) -> Vec<&str> {
        views.iter().map(|it| it.annotation.text.as_str()).collect()
    }

    #[test]
    fn what_is_said_of_a_day_is_read_changed_removed_and_brought_back() {
        let mut session = opened(&Stored::default());
        let state = changed(&mut session, &annotate(None, on("2026-09-10", "  price 24.99 ")));
        let undo = state.undo.unwrap();
        assert_eq!((undo.kind.as_str(), undo.subject.as_str()), ("annotate", "price 24.99"));
        let other = Annotation { kpi: "ads.acos".to_owned(), ..on("2026-09-09", "bids halved") };
        changed(&mut session, &annotate(None, other));
        assert_eq!(
            texts(&kpi(&mut session, "ads.acos").annotations),
            ["bids halved", "price 24.99"]
        );
        let view = kpi(&mut session, "sales.net");
        assert_eq!(texts(&view.annotations), ["price 24.99"]);
        assert_eq!((view.trend.notes[0].first, view.trend.notes[0].last), (9, 9));
        let number = view.annotations[0].number;
        let state = changed(&mut session, &annotate(Some(number), on("2026-10-02", "price 25.99")));
        assert_eq!(state.undo.unwrap().kind, "change_annotation");
        let view = kpi(&mut session, "sales.net");
        assert_eq!((view.annotations.len(), view.n_other_annotations), (0, 1));
        let remove = Request::Change(Change::RemoveAnnotation { number });
        assert_eq!(changed(&mut session, &remove).undo.unwrap().subject, "price 25.99");
        assert_eq!(kpi(&mut session, "sales.net").n_other_annotations, 0);
        changed(&mut session, &Request::Undo);
        changed(&mut session, &Request::Undo);
        assert_eq!(texts(&kpi(&mut session, "sales.net").annotations), ["price 24.99"]);
    }

    #[test]
    fn what_is_stored_is_there_again() {
        let mut session = opened(&Stored::default());
        let request = annotate(None, on("2026-09-10", "TikTok live"));
        let mut stored = Stored::default();
        for write in session.handle(&request, 0).unstored.writes {
            let Write::Put { store, key, value } = write else { panic!("{write:?}") };
            assert_eq!(store, Store::Events);
            stored.entry(store).or_default().insert(key, value);
        }
        let mut again = opened(&stored);
        assert_eq!(texts(&kpi(&mut again, "sales.net").annotations), ["TikTok live"]);
    }

    #[test]
    fn what_cannot_be_kept_is_refused() {
        let mut session = opened(&Stored::default());
        let day = "2026-09-10";
        let backwards = Period { from: september().to, to: september().from };
        let wrong = [
            annotate(None, on(day, " ")),
            annotate(None, on(day, &"价".repeat(201))),
            annotate(None, Annotation { kpi: "no.such".to_owned(), ..on(day, "a") }),
            annotate(None, Annotation { channel: "nowhere".to_owned(), ..on(day, "a") }),
            annotate(None, Annotation { days: backwards, ..on(day, "a") }),
            annotate(Some(7), on(day, "a")),
            Request::Change(Change::RemoveAnnotation { number: 7 }),
        ];
        for request in wrong {
            let answer = session.handle(&request, 0).response;
            assert!(matches!(answer, Response::Failed(Failure::InvalidValue { .. })), "{answer:?}");
        }
        // Letters are counted, not bytes.
        changed(&mut session, &annotate(None, on(day, &"价".repeat(200))));
    }
}
