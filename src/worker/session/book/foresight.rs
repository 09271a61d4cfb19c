//! Figures of files that wait for the person's yes, made while the person still looks at them.

use std::{future::Future, pin::Pin, rc::Rc};

use super::{Book, Derived};
use crate::{
    domain::steps,
    facts::Segment,
    ingest,
    worker::{
        protocol::FileMeta,
        session::imports::{Masks, Part, import_id, masks, precedence_of},
    },
};

/// What the workbook will be made of when all files that can be taken in are.
pub(super) struct Foresight {
    made_of: String,
    masks: Rc<Masks>,
    /// Of all parts in their order. Read anew, a file has others.
    segments: Vec<Rc<Segment>>,
    state: State,
}

enum State {
    Making(Pin<Box<dyn Future<Output = Derived>>>),
    Made(Box<Derived>),
}

impl Book {
    /// Begins with the cube that `files` lead to when they are taken in now, in this order. Without
    /// files, and where facts are not in memory, there is nothing to make.
    pub(in crate::worker::session) fn look_ahead(
        &mut self,
        files: &[(&FileMeta, &ingest::Reading)],
    ) {
        self.foresight = None;
        if files.is_empty() || !self.missing_segments().is_empty() {
            return;
        }
        let mut imports = self.fold.imports.clone();
        let mut parts = self.parts();
        for (meta, reading) in files {
            let (import, precedence) = (import_id(reading), precedence_of(meta, reading));
            parts.extend(reading.segments.iter().map(|segment| Part {
                import: import.clone(),
                segment: Rc::clone(segment),
                precedence,
            }));
            imports.push(import);
        }
        let masks = Rc::new(masks(&parts));
        let made_of = self.made_under(&self.contracts, imports);
        let segments = parts.iter().map(|part| Rc::clone(&part.segment)).collect();
        let basics = self.basics(made_of.clone(), parts, Rc::clone(&masks));
        let state = State::Making(Box::pin(basics.derived()));
        self.foresight = Some(Foresight { made_of, masks, segments, state });
    }

    /// Whether it is not made to its end.
    pub(in crate::worker::session) fn is_foreseeing(&self) -> bool {
        matches!(self.foresight, Some(Foresight { state: State::Making(_), .. }))
    }

    /// Goes on with it for a step.
    pub(in crate::worker::session) fn foresee(&mut self) {
        if let Some(Foresight { state, .. }) = &mut self.foresight
            && let State::Making(work) = state
            && let Some(derived) = steps::step(work.as_mut())
        {
            *state = State::Made(Box::new(derived));
        }
    }

    /// Other files are coming.
    pub(in crate::worker::session) fn forget_foresight(&mut self) {
        self.foresight = None;
    }

    /// What was foreseen, when it has come so: what is left of it is made now.
    pub(super) fn come_true(&mut self, made_of: &str, parts: &[Part]) -> Option<Derived> {
        let is_same = |(part, segment): (&Part, &Rc<Segment>)| Rc::ptr_eq(&part.segment, segment);
        let Foresight { masks, state, .. } = self.foresight.take().filter(|it| {
            it.made_of == made_of
                && it.segments.len() == parts.len()
                && parts.iter().zip(&it.segments).all(is_same)
        })?;
        self.remember_masks(parts, masks);
        Some(match state {
            State::Making(work) => steps::finish(work),
            State::Made(derived) => *derived,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use crate::{
        domain::{Day, Dimension, Filters},
        facts::Cube,
        kpis::Dictionary,
        storage::Stored,
        worker::{
            protocol::{Axis, ExploreRequest, FileMeta, ReadingEdit, Request, Response},
            session::Session,
        },
    };

    const ORDERS: &str = "amazon-order-id\tpurchase-date\torder-status\tsales-channel\tsku\tquantity\tcurrency\titem-price\n\
        114-1\t2026-03-01T05:00:00+00:00\tShipped\tAmazon.com\tLAN-1\t1\tUSD\t20.00\n\
        114-2\t2026-03-02T20:00:00+00:00\tShipped\tAmazon.com\tLAN-2\t2\tUSD\t30.00\n";
    const MORE: &str = "amazon-order-id\tpurchase-date\torder-status\tsales-channel\tsku\tquantity\tcurrency\titem-price\n\
        114-2\t2026-03-02T20:00:00+00:00\tShipped\tAmazon.com\tLAN-2\t2\tUSD\t30.00\n\
        114-3\t2026-03-03T20:00:00+00:00\tShipped\tAmazon.com\tLAN-2\t1\tUSD\t15.00\n";

    fn session() -> Session {
        let mut session = Session::new();
        session.open("w", "W", false, &Stored::default(), 0).unwrap();
        session
    }

    /// Reads a file; its number among those that wait.
    fn read(session: &mut Session, text: &str) -> u32 {
        let meta = FileMeta {
            name: format!("orders {}.txt", text.len()),
            size_bytes: text.len() as u64,
            modified_millis: 0,
        };
        let pending = session.begin_reading(meta, None);
        session.feed(pending, text.as_bytes());
        session.finish_reading(pending);
        pending
    }

    fn look_ahead(session: &mut Session) -> Rc<Cube> {
        while session.has_to_foresee() {
            session.foresee();
        }
        let foresight = session.book.as_ref().and_then(|book| book.foresight.as_ref());
        match foresight.map(|it| &it.state) {
            Some(super::State::Made(derived)) => Rc::clone(&derived.cube),
            _ => panic!("nothing was foreseen"),
        }
    }

    /// The cube of the workbook after everything was confirmed.
    fn confirmed(session: &mut Session) -> Rc<Cube> {
        let answer = session.handle(&Request::ConfirmPending, 1).response;
        assert!(matches!(answer, Response::Confirmed { .. }), "{answer:?}");
        session.prepare();
        Rc::clone(&session.book.as_ref().unwrap().derived.cube)
    }

    fn days(cube: &Cube) -> String {
        cube.covered().unwrap().to_string()
    }

    #[test]
    fn what_was_foreseen_is_what_is_shown() {
        let mut session = session();
        for text in [ORDERS, MORE] {
            read(&mut session, text);
            let foreseen = look_ahead(&mut session);
            assert!(Rc::ptr_eq(&foreseen, &confirmed(&mut session)));
        }
        let mut other = self::session();
        for text in [ORDERS, MORE] {
            read(&mut other, text);
            let cube = confirmed(&mut other);
            assert_eq!(days(&cube).get(..10), Some("2026-02-28"));
        }
        let of = |session: &Session| postcard::to_allocvec(&session.book.as_ref().unwrap().derived);
        assert_eq!(of(&session).unwrap(), of(&other).unwrap());
    }

    #[test]
    fn half_of_it_is_finished_when_it_is_needed() {
        let mut session = session();
        read(&mut session, ORDERS);
        session.foresee();
        assert!(session.has_to_foresee());
        assert_eq!(days(&confirmed(&mut session)), "2026-02-28..2026-03-02");
    }

    #[test]
    fn what_was_made_ready_is_what_is_asked_for() {
        let explore = |session: &mut Session| {
            let request = Request::Explore(ExploreRequest {
                filters: Filters::default(),
                period: None,
                kpis: vec!["sales.net".to_owned(), "sales.top10".to_owned()],
                rows: Axis::Kpis,
                columns: Axis::Members(Dimension::Channel),
                today: Day::parse("2026-03-04").unwrap(),
            });
            session.handle(&request, 1).response
        };
        let mut session = session();
        read(&mut session, ORDERS);
        confirmed(&mut session);
        // Nobody has asked for a figure.
        assert!(!session.has_to_make_ready());
        let before = explore(&mut session);
        let mut n_steps = 0;
        while session.has_to_make_ready() {
            session.make_ready();
            n_steps += 1;
        }
        // Each KPI of the whole and of the one channel.
        assert_eq!(n_steps, 2 * Dictionary::built_in().entries().len());
        assert_eq!(explore(&mut session), before);
        // Other files make other figures.
        read(&mut session, MORE);
        confirmed(&mut session);
        assert!(!session.has_to_make_ready());
    }

    #[test]
    fn what_comes_otherwise_was_not_foreseen() {
        let mut session = session();
        let first = read(&mut session, ORDERS);
        look_ahead(&mut session);
        // In London the first order is of the next day.
        let zone = ReadingEdit::Zone { zone: "Europe/London".to_owned() };
        session.begin_rereading(first, zone).unwrap();
        session.feed(first, ORDERS.as_bytes());
        session.finish_reading(first);
        let second = read(&mut session, MORE);
        look_ahead(&mut session);
        session.handle(&Request::DiscardPending { pending: second }, 1);
        assert_eq!(days(&confirmed(&mut session)), "2026-03-01..2026-03-02");
    }
}
