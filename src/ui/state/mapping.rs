//! What a person says the columns of a pending file are.

use leptos::{prelude::*, task::spawn_local};

use super::{Engine, Imports, use_engine, use_imports};
use crate::worker::protocol::{
    Failure, MappedColumn, Mapping, MappingDraft, MappingView, ReadingEdit, Request, Response,
};

/// The mapping being made, of one file at a time.
#[derive(Clone, Copy)]
pub(crate) struct Mappings {
    /// The file; `None` while none is mapped.
    pub(crate) pending: RwSignal<Option<u32>>,
    /// As the person has it, at once.
    pub(crate) draft: RwSignal<Mapping>,
    /// What can be chosen and what comes of it, as the engine answered last.
    pub(crate) view: RwSignal<Option<MappingView>>,
    /// Why the last request was not met.
    pub(crate) failure: RwSignal<Option<Failure>>,
    engine: Engine,
    imports: Imports,
}

impl Mappings {
    /// Begins with what the columns were said to be before, or probably are.
    pub(crate) fn open(self, pending: u32) {
        self.view.set(None);
        self.draft.set(Mapping::default());
        self.pending.set(Some(pending));
        self.ask(pending, None);
    }

    pub(crate) fn close(self) {
        self.pending.set(None);
        self.view.set(None);
        self.failure.set(None);
    }

    /// Says what one row is: the columns are guessed anew.
    pub(crate) fn choose_table(self, table: String) {
        let n_above = self.view.with_untracked(|view| view.as_ref().map_or(0, |it| it.n_above));
        if let Some(pending) = self.pending.get_untracked() {
            self.ask(pending, Some(MappingDraft::Table { table, n_above }));
        }
    }

    /// Says which row is the header, by the rows above it: all else is guessed anew.
    pub(crate) fn choose_header(self, n_above: u64) {
        if let Some(pending) = self.pending.get_untracked() {
            self.ask(pending, Some(MappingDraft::Header { n_above }));
        }
    }

    /// Changes the mapping and asks what comes of it.
    pub(crate) fn change(self, change: impl FnOnce(&mut Mapping)) {
        self.draft.update(change);
        if let Some(pending) = self.pending.get_untracked() {
            self.ask(pending, Some(MappingDraft::Whole(self.draft.get_untracked())));
        }
    }

    /// Changes one column of it.
    pub(crate) fn change_column(self, index: usize, change: impl FnOnce(&mut MappedColumn)) {
        self.change(|mapping| {
            if let Some(column) = mapping.columns.get_mut(index) {
                change(column);
            }
        });
    }

    /// Has the file read as the mapping says.
    pub(crate) fn apply(self) {
        let Some(pending) = self.pending.get_untracked() else { return };
        self.imports.edit(pending, ReadingEdit::Mapping { mapping: self.draft.get_untracked() });
        self.close();
    }

    fn ask(self, pending: u32, mapping: Option<MappingDraft>) {
        let said = match &mapping {
            Some(MappingDraft::Whole(mapping)) => Some(mapping.clone()),
            _ => None,
        };
        spawn_local(async move {
            let response = self.engine.ask(Request::Mapping { pending, mapping }).await;
            if self.pending.get_untracked() != Some(pending) {
                return;
            }
            self.failure.set(None);
            match response {
                Response::Mapping(view) => {
                    let Some(view) = view.open() else { return };
                    let draft = self.draft.get_untracked();
                    match said {
                        None => self.draft.set(with_what_was_said(&view, draft)),
                        // What the person has changed meanwhile stays.
                        Some(said) if said == draft => self.draft.set(view.mapping.clone()),
                        Some(_) => {}
                    }
                    self.view.set(Some(view));
                }
                Response::Failed(failure) => self.failure.set(Some(failure)),
                _ => {}
            }
        });
    }
}

/// A guess with what the person has said before of the same file.
fn with_what_was_said(view: &MappingView, said: Mapping) -> Mapping {
    let guess = view.mapping.clone();
    let headers = |mapping: &Mapping| {
        mapping.columns.iter().map(|column| column.header.clone()).collect::<Vec<_>>()
    };
    if headers(&guess) != headers(&said) {
        return guess;
    }
    let is_one = view.channels.iter().any(|it| it.id == said.channel);
    let channel = if is_one { said.channel } else { guess.channel };
    let Mapping { name, how_to_get, shop, currency, group, .. } = said;
    Mapping { name, how_to_get, channel, shop, currency, group, ..guess }
}

pub(crate) fn provide_mappings() {
    provide_context(Mappings {
        pending: RwSignal::new(None),
        draft: RwSignal::new(Mapping::default()),
        view: RwSignal::new(None),
        failure: RwSignal::new(None),
        engine: use_engine(),
        imports: use_imports(),
    });
}

pub(crate) fn use_mappings() -> Mappings {
    expect_context()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::Names,
        worker::protocol::{MappingPreview, Member, Words},
    };

    fn mapping(header: &str, name: &str, channel: &str) -> Mapping {
        let header = header.to_owned();
        let (name, channel) = (name.to_owned(), channel.to_owned());
        let columns = vec![MappedColumn { header, ..MappedColumn::default() }];
        Mapping { name, channel, columns, ..Mapping::default() }
    }

    #[test]
    fn a_new_guess_keeps_what_was_said_of_the_same_file() {
        let view = MappingView {
            n_above: 0,
            header_rows: Vec::new(),
            mapping: mapping("a", "file", ""),
            cells: Vec::new(),
            tables: Vec::new(),
            channels: vec![Member { id: "ebay".to_owned(), names: Names::default() }],
            targets: Vec::new(),
            needs: Vec::new(),
            wants: Vec::new(),
            doubled: Vec::new(),
            categories: Vec::new(),
            positive_kinds: Vec::new(),
            preview: MappingPreview::Incomplete,
            words: Words::default(),
        };
        let kept = with_what_was_said(&view, mapping("a", "Mine", "ebay"));
        assert_eq!((kept.name.as_str(), kept.channel.as_str()), ("Mine", "ebay"));
        // Where such rows cannot belong.
        let kept = with_what_was_said(&view, mapping("a", "Mine", "user"));
        assert_eq!((kept.name.as_str(), kept.channel.as_str()), ("Mine", ""));
        assert_eq!(with_what_was_said(&view, mapping("b", "Mine", "ebay")), view.mapping);
    }
}
