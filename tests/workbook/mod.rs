//! A workbook with files taken in, as several tests need it.

use linkstar_kpi::{
    demo,
    storage::Stored,
    worker::{
        protocol::{FileMeta, Request, Response},
        session::Session,
    },
};

/// An empty workbook.
pub(crate) fn opened() -> Session {
    let mut session = Session::new();
    session.open("w", "W", false, &Stored::default(), 0).unwrap();
    session
}

/// Takes in one file of a kind that is recognised by itself.
#[track_caller]
pub(crate) fn take_in(session: &mut Session, text: &str) {
    read(session, "a.csv", text.as_bytes());
    let answer = session.handle(&Request::ConfirmPending, 0).response;
    let is_taken = matches!(&answer, Response::Confirmed { imports, .. } if imports.len() == 1);
    assert!(is_taken, "{:?}", session.pending());
}

/// The demo company with all its files.
pub(crate) fn demo_company() -> Session {
    let mut session = opened();
    for file in demo::files() {
        read(&mut session, &file.name, &file.bytes);
    }
    let answer = session.handle(&Request::ConfirmPending, 0).response;
    assert!(matches!(answer, Response::Confirmed { .. }), "{answer:?}");
    session
}

fn read(session: &mut Session, name: &str, bytes: &[u8]) {
    let size_bytes = bytes.len() as u64;
    let meta = FileMeta { name: name.to_owned(), size_bytes, modified_millis: 0 };
    let pending = session.begin_reading(meta, None);
    session.feed(pending, bytes);
    session.finish_reading(pending);
}
