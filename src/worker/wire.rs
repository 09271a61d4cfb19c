//! How requests and answers are written on the way between page and worker: postcard bytes behind
//! the mark of the protocol's shape. What those cannot carry (files) travels beside them in the
//! same message.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::worker::protocol::{Envelope, Event, Request, Response};

/// What the worker tells the page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Told {
    Reply(Envelope<Response>),
    Event(Event),
}

/// Bytes that are no message of this protocol.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A host's caches can hold an older page or worker for a while after the site was renewed.
    #[error("the page and its engine are of different versions: reload the page")]
    OtherVersion,
    #[error("unreadable message: {detail}")]
    Damaged {
        /// The request that it is, or answers; `None` when even that cannot be read.
        id: Option<u64>,
        detail: String,
    },
}

/// What tells one version of the protocol from another: the bytes do not describe themselves.
const SHAPE: [u8; 8] = shape(&[
    include_bytes!("protocol.rs"),
    include_bytes!("protocol/case_file.rs"),
    include_bytes!("protocol/explore.rs"),
    include_bytes!("protocol/facts.rs"),
    include_bytes!("protocol/figures.rs"),
    include_bytes!("protocol/loaded.rs"),
    include_bytes!("protocol/own_kpis.rs"),
    include_bytes!("protocol/sealed.rs"),
    include_bytes!("protocol/pending.rs"),
    include_bytes!("protocol/products.rs"),
    include_bytes!("protocol/reconciliation.rs"),
    include_bytes!("protocol/references.rs"),
    include_bytes!("protocol/questionnaire.rs"),
    include_bytes!("protocol/scorecards.rs"),
    include_bytes!("protocol/targets.rs"),
    include_bytes!("protocol/what_if.rs"),
    include_bytes!("../whatif/lever.rs"),
    include_bytes!("../whatif/tree.rs"),
    include_bytes!("../targets/columns.rs"),
    include_bytes!("../targets/standing.rs"),
    include_bytes!("../domain/scorecard.rs"),
    include_bytes!("../domain/target.rs"),
    include_bytes!("wire.rs"),
    include_bytes!("../ingest/mod.rs"),
    include_bytes!("../ingest/mapping/mod.rs"),
    include_bytes!("../ingest/mapping/unknown.rs"),
    include_bytes!("../ingest/outcome.rs"),
    include_bytes!("../ingest/moment.rs"),
    include_bytes!("../domain/annotation.rs"),
    include_bytes!("../domain/currency.rs"),
    include_bytes!("../domain/day.rs"),
    include_bytes!("../domain/kpi_definition.rs"),
    include_bytes!("../domain/limit.rs"),
    include_bytes!("../domain/names.rs"),
    include_bytes!("../domain/period.rs"),
    include_bytes!("../domain/problem.rs"),
    include_bytes!("../domain/product.rs"),
    include_bytes!("../domain/fixed.rs"),
    include_bytes!("../domain/scope.rs"),
])
.to_le_bytes();

/// FNV-1a over source texts.
const fn shape(sources: &[&[u8]]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut rest = sources;
    while let [source, behind @ ..] = rest {
        let mut bytes = *source;
        while let [byte, more @ ..] = bytes {
            hash = (hash ^ *byte as u64).wrapping_mul(0x0100_0000_01b3);
            bytes = more;
        }
        rest = behind;
    }
    hash
}

/// Reads what the page sent.
pub fn request_from_bytes(bytes: &[u8]) -> Result<Envelope<Request>, Unreadable> {
    read(bytes, |body| Some(postcard::take_from_bytes::<u64>(body).ok()?.0))
}

/// Reads what the worker sent.
pub fn told_from_bytes(bytes: &[u8]) -> Result<Told, Unreadable> {
    read(bytes, |body| {
        let (variant, behind) = postcard::take_from_bytes::<u32>(body).ok()?;
        let is_reply = variant == 0;
        if is_reply { Some(postcard::take_from_bytes::<u64>(behind).ok()?.0) } else { None }
    })
}

fn read<T: DeserializeOwned>(
    bytes: &[u8],
    id_of: impl Fn(&[u8]) -> Option<u64>,
) -> Result<T, Unreadable> {
    let body = bytes.strip_prefix(&SHAPE).ok_or(Unreadable::OtherVersion)?;
    postcard::from_bytes(body)
        .map_err(|error| Unreadable::Damaged { id: id_of(body), detail: error.to_string() })
}

/// Writes what the worker reads by `request_from_bytes`.
pub fn bytes_from_request(request: &Envelope<Request>) -> Result<Vec<u8>, postcard::Error> {
    postcard::to_extend(request, SHAPE.to_vec())
}

/// Writes what the page reads by `told_from_bytes`.
pub fn bytes_from_told(told: &Told) -> Result<Vec<u8>, postcard::Error> {
    postcard::to_extend(told, SHAPE.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ingest::Refusal,
        worker::protocol::{Change, Failure, PendingFile, Reading, SaveState},
    };

    fn request(id: u64, body: Request) -> Envelope<Request> {
        Envelope { id, body }
    }

    #[test]
    fn requests_come_out_as_they_went_in() {
        let change = Change::RenameWorkbook { name: "店铺".to_owned() };
        for body in [
            Request::OpenWorkbook { workbook: "demo".to_owned() },
            Request::Change(change),
            Request::Undo,
        ] {
            let bytes = bytes_from_request(&request(7, body.clone())).unwrap();
            let read = request_from_bytes(&bytes).unwrap();
            assert_eq!((read.id, read.body), (7, body));
        }
    }

    #[test]
    fn replies_and_events_come_out_as_they_went_in() {
        let refused = PendingFile {
            pending: 1,
            name: "订单.csv".to_owned(),
            size_bytes: 3,
            can_be_mapped: true,
            reading: Reading::Refused(Refusal::CutShort { line: 9 }),
        };
        let failure = Failure::QuotaExceeded;
        for told in [
            Told::Reply(Envelope { id: 300, body: Response::Pending { files: vec![refused] } }),
            Told::Event(Event::Saving(SaveState::Failed { failure })),
            Told::Event(Event::Ready),
        ] {
            let bytes = bytes_from_told(&told).unwrap();
            let read = told_from_bytes(&bytes).unwrap();
            assert_eq!(format!("{read:?}"), format!("{told:?}"));
        }
    }

    #[test]
    fn a_damaged_message_still_has_its_id() {
        let mut bytes = bytes_from_request(&request(300, Request::Undo)).unwrap();
        *bytes.last_mut().unwrap() = 99;
        let error = request_from_bytes(&bytes).unwrap_err();
        assert!(matches!(error, Unreadable::Damaged { id: Some(300), .. }), "{error:?}");
        let reply = Told::Reply(Envelope { id: 5, body: Response::Failed(Failure::ReadOnly) });
        let mut bytes = bytes_from_told(&reply).unwrap();
        bytes.pop();
        let error = told_from_bytes(&bytes).unwrap_err();
        assert!(matches!(error, Unreadable::Damaged { id: Some(5), .. }), "{error:?}");
    }

    #[test]
    fn another_versions_message_is_not_misread() {
        let mut bytes = bytes_from_request(&request(1, Request::Undo)).unwrap();
        bytes[0] ^= 1;
        assert_eq!(request_from_bytes(&bytes).unwrap_err(), Unreadable::OtherVersion);
        for noise in [&b""[..], b"{}", &SHAPE[..7]] {
            assert_eq!(told_from_bytes(noise).unwrap_err(), Unreadable::OtherVersion);
        }
        assert_ne!(shape(&[b"ab"]), shape(&[b"ba"]));
    }
}
