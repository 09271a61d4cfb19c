//! How requests and answers are written on the way between page and worker: JSON text. What JSON
//! cannot carry (files, bytes) travels beside the text in the same message.

use serde::{Deserialize, Serialize};

use crate::worker::protocol::{Envelope, Event, Request, Response};

/// What the worker tells the page.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    Reply(Envelope<Response>),
    Event(Event),
}

/// A text that is no message of this protocol.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unreadable message: {detail}")]
pub struct Unreadable {
    /// The request that it is, or answers; `None` when even that cannot be read.
    pub id: Option<u64>,
    pub detail: String,
}

/// Reads what the page sent.
pub fn request_from_text(text: &str) -> Result<Envelope<Request>, Unreadable> {
    serde_json::from_str(text).map_err(|error| {
        let id = serde_json::from_str::<JustId>(text).ok().map(|asked| asked.id);
        Unreadable { id, detail: error.to_string() }
    })
}

/// Reads what the worker sent.
pub fn told_from_text(text: &str) -> Result<Told, Unreadable> {
    serde_json::from_str(text).map_err(|error| {
        let id = serde_json::from_str::<JustReply>(text).ok().map(|told| told.reply.id);
        Unreadable { id, detail: error.to_string() }
    })
}

/// Writes what the worker reads by `request_from_text`.
pub fn text_from_request(request: &Envelope<Request>) -> Result<String, serde_json::Error> {
    serde_json::to_string(request)
}

/// Writes what the page reads by `told_from_text`.
pub fn text_from_told(told: &Told) -> Result<String, serde_json::Error> {
    serde_json::to_string(told)
}

#[derive(Deserialize)]
struct JustId {
    id: u64,
}

#[derive(Deserialize)]
struct JustReply {
    reply: JustId,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::worker::protocol::{Change, Failure, SaveState};

    #[test]
    fn a_request_is_an_id_and_what_is_asked() {
        let text = r#"{"id":7,"body":{"ask":"open_workbook","workbook":"demo"}}"#;
        let request = request_from_text(text).unwrap();
        assert_eq!(request.id, 7);
        assert_eq!(request.body, Request::OpenWorkbook { workbook: "demo".to_owned() });
        assert_eq!(text_from_request(&request).unwrap(), text);
    }

    #[test]
    fn a_change_keeps_both_its_tags() {
        let change = Change::RenameWorkbook { name: "店铺".to_owned() };
        let request = Envelope { id: 1, body: Request::Change(change) };
        let text = text_from_request(&request).unwrap();
        assert_eq!(request_from_text(&text).unwrap().body, request.body);
    }

    #[test]
    fn an_unknown_request_can_still_be_answered() {
        let error = request_from_text(r#"{"id":9,"body":{"ask":"fly"}}"#).unwrap_err();
        assert_eq!(error.id, Some(9));
        assert!(error.detail.contains("fly"), "{error}");
    }

    #[test]
    fn noise_has_nobody_to_answer() {
        for text in ["", "null", "[]", r#"{"id":-1}"#, r#"{"body":{"ask":"undo"}}"#] {
            assert_eq!(request_from_text(text).unwrap_err().id, None, "{text}");
        }
    }

    #[test]
    fn an_unknown_answer_still_has_its_id() {
        let error = told_from_text(r#"{"reply":{"id":5,"body":{"tell":"joke"}}}"#).unwrap_err();
        assert_eq!(error.id, Some(5));
        assert_eq!(told_from_text(r#"{"event":{"event":"rain"}}"#).unwrap_err().id, None);
    }

    #[test]
    fn replies_and_events_are_told_apart() {
        let failed = Response::Failed(Failure::ReadOnly);
        let reply = Told::Reply(Envelope { id: 3, body: failed });
        let event =
            Told::Event(Event::Saving(SaveState::Failed { failure: Failure::QuotaExceeded }));
        assert_eq!(
            text_from_told(&reply).unwrap(),
            r#"{"reply":{"id":3,"body":{"tell":"failed","failure":"read_only"}}}"#
        );
        for told in [reply, event, Told::Event(Event::Ready)] {
            let text = text_from_told(&told).unwrap();
            let read = told_from_text(&text).unwrap();
            assert_eq!(text_from_told(&read).unwrap(), text);
        }
    }
}
