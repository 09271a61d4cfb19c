//! The engine's one state and how it answers. Pure: no browser, no clock, no storage; time and
//! stored bytes are arguments, what is to be stored comes back.

mod annotations;
mod book;
mod card_targets;
mod case_file;
mod data;
mod imports;
mod later;
mod listing;
mod mapping;
mod own_kpis;
mod peers;
mod pending;
mod plan;
mod products;
mod questionnaire;
mod recipes;
mod reconciliation;
mod references;
mod scorecards;
mod words;

pub use later::{is_later, load_later};

use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use crate::{
    catalog::{
        Catalog, SourceError,
        channel::{OWN_CHANNEL, channels},
        own::OwnRecipe,
        report::Recipe,
    },
    domain::{Currency, Day, Fixed},
    facts::Table as FactTable,
    ingest::{FileName, Packed, ReadOptions, ReadOutcome, is_zone},
    kpis::{Contracts, Dictionary},
    reconciliation::Cause,
    storage::{Stored, Unstored, Write},
    workbook,
    worker::{
        protocol::{
            CaseRequest, Change, Failure, FileMeta, PendingFile, ReadingEdit, Refusal, Request,
            Response, Sealed, WorkbookState,
        },
        views::{TableRequest, TableRow},
    },
};

use book::Book;
use pending::PendingFiles;

/// A workbook with the files being read into it.
pub struct Session {
    book: Option<Book>,
    pending: PendingFiles,
    /// Files that wait for their confirmation have come or gone.
    is_to_look_ahead: bool,
    /// Random bits from outside, for a workbook that begins to keep buyers.
    new_secret: Option<String>,
}

/// What a request gave: the answer, and what must be stored.
#[derive(Debug)]
pub struct Outcome {
    pub response: Response,
    pub unstored: Unstored,
}

/// A file that is being read: what it is called, how it is to be understood, and by which recipes beside
/// the built-in ones.
#[derive(Debug, Clone)]
pub struct ReadingTask {
    pub name: FileName,
    pub options: ReadOptions,
    pub recipes: Vec<OwnRecipe>,
}

/// How far a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadingProgress {
    pub rows: u64,
    /// The rest of the file need not be read: it is refused.
    pub is_settled: bool,
    /// The part of the program that reads workbooks has to be there before the end.
    pub needs_sheets: bool,
}

/// KPI values with what they were made under.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub rows: Vec<TableRow>,
    pub currency: Currency,
    pub contracts: Contracts,
}

/// Reads what the product knows of reports and KPIs, once: every workbook needs it.
pub fn understand() {
    Catalog::built_in();
    Dictionary::built_in();
}

impl Default for Session {
    fn default() -> Self {
        Self::new()
    }
}

impl Session {
    /// No workbook open.
    pub fn new() -> Self {
        Self {
            book: None,
            pending: PendingFiles::default(),
            is_to_look_ahead: false,
            new_secret: None,
        }
    }

    /// Hands over 128 random bits, as text: the secret of a workbook that begins to keep buyers.
    pub fn give_secret(&mut self, secret: String) {
        self.new_secret = Some(secret);
    }

    /// Has files ask before more rows than this share of them are left out, since they cannot be read.
    pub fn ask_before_leaving_out(&mut self, max_percent: u32) {
        self.pending.max_left_out_percent = Some(max_percent);
    }

    /// Opens the workbook `id` from what its database holds; an empty database is a new workbook
    /// called `name`. The writes (name, schema version, clean-up) must be stored.
    pub fn open(
        &mut self,
        id: &str,
        name: &str,
        is_demo: bool,
        stored: &Stored,
        now_millis: i64,
    ) -> Result<(WorkbookState, Vec<Write>), Failure> {
        let (book, writes) = Book::open(id, name, is_demo, stored, now_millis)?;
        let state = book.state();
        self.book = Some(book);
        self.pending.forget();
        Ok((state, writes))
    }

    /// Forgets the open workbook and all pending files.
    pub fn close(&mut self) {
        self.book = None;
        self.pending.forget();
    }

    /// The open workbook as the page's frame shows it.
    pub fn state(&self) -> Option<WorkbookState> {
        self.book.as_ref().map(Book::state)
    }

    /// Starts reading a file, `packed` when it is one of an archive; the number is its pending id.
    pub fn begin_reading(&mut self, meta: FileMeta, packed: Option<Packed>) -> u32 {
        let (catalog, own) = (self.catalog(), self.own_recipes());
        self.follow_buyers();
        self.look_again();
        self.pending.begin(&catalog, own, meta, packed)
    }

    /// Files are read from now on as the workbook wants its buyers kept.
    fn follow_buyers(&mut self) {
        let secret = self.book.as_ref().and_then(Book::buyers_secret);
        self.pending.buyers_secret = secret.map(str::to_owned);
    }

    /// Sheets of a workbook that was read which are reports, too.
    pub fn further_sheets(&self, pending: u32) -> Vec<String> {
        self.pending.further_sheets(pending)
    }

    /// Starts reading one of them: the workbook's bytes must be fed again. `None`: there is no such file.
    pub fn begin_sheet(&mut self, pending: u32, sheet: &str) -> Option<u32> {
        self.pending.begin_sheet(pending, sheet)
    }

    /// Remembers an edit of a pending file and starts reading it from the beginning: the file's
    /// bytes must be fed again.
    pub fn begin_rereading(&mut self, pending: u32, edit: ReadingEdit) -> Result<(), Failure> {
        let catalog = self.catalog();
        self.follow_buyers();
        self.look_again();
        self.pending.begin_again(&catalog, pending, edit)
    }

    /// The next bytes of the file that is being read, in order, in pieces of any size.
    pub fn feed(&mut self, pending: u32, bytes: &[u8]) -> ReadingProgress {
        self.pending.feed(pending, bytes)
    }

    /// The file ended: it is now ready, asking, or refused.
    pub fn finish_reading(&mut self, pending: u32) {
        self.refresh();
        self.pending.finish(pending, self.book.as_ref());
        self.look_again();
    }

    /// The recipes by which new files are read.
    fn catalog(&self) -> Arc<Catalog> {
        let of_book = self.book.as_ref().map(|book| &book.recipes().offered);
        Arc::clone(of_book.unwrap_or_else(|| Catalog::built_in()))
    }

    /// Those of them that the person made.
    fn own_recipes(&self) -> Vec<OwnRecipe> {
        self.book.iter().flat_map(|book| book.recipes().in_use()).cloned().collect()
    }

    /// Other pending files with the columns of this one, which nothing is known of either: what is said
    /// of one holds for all.
    pub fn alike(&self, pending: u32) -> Vec<u32> {
        self.pending.alike(pending)
    }

    /// What is needed to read a file that is being read elsewhere, and then `settle_reading`. `None`: it
    /// is not being read.
    pub fn reading_task(&self, pending: u32) -> Option<ReadingTask> {
        self.pending.task(pending)
    }

    /// The file was read elsewhere: it is now ready, asking, or refused.
    pub fn settle_reading(&mut self, pending: u32, outcome: ReadOutcome) {
        self.refresh();
        self.pending.settle(pending, outcome, self.book.as_ref());
        self.look_again();
    }

    /// What a file would change is told against the figures of now. Without the facts for them it is
    /// not told.
    fn refresh(&mut self) {
        if let Some(book) = &mut self.book {
            book.refresh().ok();
        }
    }

    /// Ends a reading before the file's end: the person stopped it, or no more bytes come.
    pub fn refuse_reading(&mut self, pending: u32, refusal: Refusal) {
        self.pending.refuse(pending, refusal);
    }

    /// The files waiting to be confirmed.
    pub fn pending(&self) -> Vec<PendingFile> {
        self.pending.views()
    }

    /// Keys of `Store::Segments` that must be supplied before `request` can be answered, or before
    /// the files that it reads can be compared with what is there.
    pub fn needs(&self, request: &Request) -> Vec<String> {
        let Some(book) = &self.book else { return Vec::new() };
        match request {
            Request::Change(change) if keeps_figures(change) => book.missing_for_cube(),
            Request::ContractEffect { contract, choice, .. } => {
                book.missing_under(contract, choice)
            }
            Request::Facts(_) => book.missing_segments(),
            request if is_of_figures(request) => book.missing_for_cube(),
            Request::ReadFiles { .. } | Request::EditPending { .. } => book.missing_segments(),
            _ => Vec::new(),
        }
    }

    /// The bytes of one needed segment.
    pub fn supply(&mut self, segment: &str, bytes: &[u8]) -> Result<(), Failure> {
        self.book.as_mut().ok_or(Failure::NoWorkbook)?.supply(segment, bytes)
    }

    /// A new segment as it is to be stored.
    pub fn segment_write(&self, segment: &str) -> Result<Write, Failure> {
        self.book.as_ref().ok_or(Failure::NoWorkbook)?.segment_write(segment)
    }

    /// Makes the figures that the files lead to which wait to be confirmed, ahead of the confirmation: a
    /// step of a few milliseconds.
    pub fn foresee(&mut self) {
        let Some(book) = &mut self.book else { return };
        if std::mem::take(&mut self.is_to_look_ahead) {
            book.look_ahead(&self.pending.ready().unwrap_or_default());
        } else {
            book.foresee();
        }
    }

    /// Whether there is something left to foresee.
    pub fn has_to_foresee(&self) -> bool {
        self.book.as_ref().is_some_and(|book| self.is_to_look_ahead || book.is_foreseeing())
    }

    /// The files that wait have changed.
    fn look_again(&mut self) {
        self.is_to_look_ahead = true;
        if let Some(book) = &mut self.book {
            book.forget_foresight();
        }
    }

    /// Makes the figures ahead of the request for them, where all facts are in memory.
    pub fn prepare(&mut self) {
        if let Some(book) = &mut self.book {
            book.prepare();
        }
    }

    /// Makes a part of what tables of channels and months are made of, before they are asked for: mostly less
    /// than a millisecond, in a large workbook now and then some tens.
    pub fn make_ready(&mut self) {
        if let Some(book) = &mut self.book {
            book.make_ready();
        }
    }

    /// Whether some of it is left to be made. Nothing is, until figures have been asked for.
    pub fn has_to_make_ready(&self) -> bool {
        self.book.as_ref().is_some_and(Book::has_to_make_ready)
    }

    /// The cube as it is to be stored.
    pub fn cube_write(&mut self) -> Result<Write, Failure> {
        Ok(self.book.as_mut().ok_or(Failure::NoWorkbook)?.cube_write())
    }

    /// Deletes those of the stored segments that no import points to.
    pub fn unknown_segments(&self, stored: &[String]) -> Vec<Write> {
        self.book.as_ref().map(|book| book.unknown_segments(stored)).unwrap_or_default()
    }

    /// Answers every request but those about whole databases and about reading files, which the
    /// host carries out (`Workbooks`, `CreateWorkbook`, `OpenWorkbook`, `DeleteWorkbook`,
    /// `OpenDemo`, `DemoFiles`, `ReadFiles`, `CancelReading`, `EditPending`).
    pub fn handle(&mut self, request: &Request, now_millis: i64) -> Outcome {
        self.answer(request, now_millis).unwrap_or_else(|failure| Outcome {
            response: Response::Failed(failure),
            unstored: Unstored::default(),
        })
    }

    /// Gives `take` all facts in force with their sources; see `listing`.
    pub fn list_facts(&mut self, take: &mut dyn FnMut(&str, &[String])) -> Result<(), Failure> {
        let book = self.book.as_mut().ok_or(Failure::NoWorkbook)?;
        book.refresh()?;
        listing::list(book, take);
        Ok(())
    }

    /// A plain table of KPI values, with the currency of its money. Empty while there is no data.
    pub fn table(&mut self, request: &TableRequest) -> Result<Table, Failure> {
        let book = self.book.as_mut().ok_or(Failure::NoWorkbook)?;
        book.refresh()?;
        Ok(Table {
            rows: book.table(request),
            currency: book.currency(),
            contracts: book.contracts().clone(),
        })
    }

    /// The secret that was given is used once.
    fn case(&mut self, request: &CaseRequest) -> Result<Response, Failure> {
        let missing = || Failure::Internal { detail: "no secret was given".to_owned() };
        let secret = self.new_secret.take().ok_or_else(missing)?;
        let book = self.book.as_mut().ok_or(Failure::NoWorkbook)?;
        book.refresh()?;
        later::case(book, request, xxh3_64(secret.as_bytes()))
    }

    fn answer(&mut self, request: &Request, now_millis: i64) -> Result<Outcome, Failure> {
        let answered = |response| Ok(Outcome { response, unstored: Unstored::default() });
        match request {
            Request::Pending => return answered(Response::Pending { files: self.pending.views() }),
            Request::Mapping { pending, mapping } => {
                let own = self.book.as_ref().map(Book::recipes);
                let view = later::mapping(&self.pending, (*pending, mapping.as_ref(), own))?;
                return answered(Response::Mapping(Sealed::of(&view)));
            }
            Request::DiscardPending { pending } => {
                self.pending.discard(*pending);
                self.look_again();
                return answered(Response::Pending { files: self.pending.views() });
            }
            _ => (),
        }
        if *request == Request::ConfirmPending {
            self.follow_buyers();
        }
        if let Request::Case(request) = request {
            return Ok(Outcome { response: self.case(request)?, unstored: Unstored::default() });
        }
        let book = self.book.as_mut().ok_or(Failure::NoWorkbook)?;
        if is_of_figures(request) {
            book.refresh()?;
            return answered(shown(book, request)?);
        }
        match request {
            Request::NewFiles { files } => {
                answered(Response::NewFiles { places: data::new_files(book, files) })
            }
            Request::Change(Change::SignOff { month, name }) => {
                book.refresh()?;
                let change = reconciliation::signing(book, *month, name, now_millis)?;
                changed(book, |book| Ok(book.change(change, now_millis)))
            }
            Request::Change(Change::AddRecipe { text }) => {
                let changes = book.recipes().keeping(&shared_recipe(text)?);
                changed(book, |book| Ok(book.change_all(changes, now_millis)))
            }
            Request::Change(Change::AddKpi { text }) => {
                let changes = own_kpis::added(&book.fold().kpis, text)?;
                changed(book, |book| Ok(book.change_all(changes, now_millis)))
            }
            Request::Change(Change::KeepBuyers { keeps: true }) => {
                let missing = || Failure::Internal { detail: "no secret was given".to_owned() };
                let secret = self.new_secret.take().ok_or_else(missing)?;
                let change = workbook::Change::KeepBuyers { secret };
                changed(book, |book| Ok(book.change(change, now_millis)))
            }
            Request::Change(change) => {
                if keeps_figures(change) {
                    book.refresh()?;
                }
                let change = checked(change, book, now_millis)?;
                changed(book, |book| Ok(book.change(change, now_millis)))
            }
            Request::Undo => changed(book, |book| book.undo(now_millis)),
            Request::Redo => changed(book, |book| book.redo(now_millis)),
            Request::ConfirmPending => {
                let readings = self.pending.take_ready();
                let (imports, unstored) = book.add_imports(readings, now_millis);
                let response = Response::Confirmed { state: book.state(), imports };
                Ok(Outcome { response, unstored })
            }
            _ => Err(Failure::Internal { detail: "the host answers this request".to_owned() }),
        }
    }
}

/// Whether figures as they are now are kept beside a change.
const fn keeps_figures(change: &Change) -> bool {
    matches!(change, Change::SignOff { .. } | Change::Scorecards(_))
}

/// Longest note on a warning.
const MOST_NOTE_LETTERS: usize = 500;

/// Whether the cube answers a request.
fn is_of_figures(request: &Request) -> bool {
    matches!(
        request,
        Request::Home(_)
            | Request::Kpis(_)
            | Request::Kpi { .. }
            | Request::References { .. }
            | Request::TryFormula(_)
            | Request::FormulaWords
            | Request::Explore(_)
            | Request::Warnings { .. }
            | Request::ContractEffect { .. }
            | Request::Facts(_)
            | Request::Data { .. }
            | Request::Products
            | Request::Reconciliation
            | Request::Plan(_)
            | Request::Scorecards(_)
            | Request::Questionnaire(_)
    )
}

/// What `book`, whose cube is made, shows.
fn shown(book: &Book, request: &Request) -> Result<Response, Failure> {
    match request {
        Request::Home(home) => Ok(Response::Home(Box::new(book.home(home)))),
        Request::Warnings { today } => Ok(Response::Warnings { warnings: book.warnings(*today) }),
        later => later::shown(book, later),
    }
}

fn changed(
    book: &mut Book,
    change: impl FnOnce(&mut Book) -> Result<Unstored, Failure>,
) -> Result<Outcome, Failure> {
    let unstored = change(book)?;
    Ok(Outcome { response: Response::Changed(book.state()), unstored })
}

/// What a person asked for as an entry of the log, when it is a valid one.
fn checked(change: &Change, book: &Book, now_millis: i64) -> Result<workbook::Change, Failure> {
    let invalid = |value: &str| Failure::InvalidValue { value: value.to_owned() };
    Ok(match change {
        Change::RenameWorkbook { name } => renamed(name)?,
        Change::ChooseContract { contract, choice, reason } => {
            let mut contracts = book.contracts().clone();
            contracts.choose(contract, choice).map_err(|_unknown| invalid(choice))?;
            let [contract, choice] = [contract, choice].map(String::clone);
            let reason = reason.trim().to_owned();
            workbook::Change::ChooseContract { contract, choice, reason }
        }
        Change::EnterCost { sku, unit_cost, currency, valid_from } => {
            let cost = Fixed::parse(unit_cost).filter(|cost| *cost >= Fixed::ZERO);
            let unit_cost = cost.ok_or_else(|| invalid(unit_cost))?;
            let sku = sku.trim().to_owned();
            if sku.is_empty() {
                return Err(invalid(&sku));
            }
            let (currency, valid_from) = (*currency, *valid_from);
            workbook::Change::EnterCost { sku, unit_cost, currency, valid_from }
        }
        // Several entries of the log, or made of figures.
        Change::AddRecipe { text: value }
        | Change::AddKpi { text: value }
        | Change::SignOff { name: value, .. } => {
            return Err(invalid(value));
        }
        Change::EditProducts { products } => products::edited(products)?,
        Change::EnterTotal { channel, shop, period, kpi, stated } => {
            let total = reconciliation::entered(book, channel, shop, *period, kpi, stated)?;
            workbook::Change::EnterTotal { total }
        }
        Change::RemoveTotal { total } => {
            let total = book.fold().totals.get(total).ok_or_else(|| invalid(total))?.clone();
            workbook::Change::RemoveTotal { total }
        }
        Change::ExplainTotal { total, causes } => explained(total, causes)?,
        Change::WithdrawSignOff { month } => withdrawn(book, *month)?,
        Change::EnterValue { kpi, channel, shop, day, value } => {
            entered_value(kpi, (channel, shop), *day, value)?
        }
        Change::RemoveValue { kpi, channel, shop, day } => {
            removed_value(book, kpi, (channel, shop), *day)?
        }
        Change::ShowOnHome { kpi, is_shown } => {
            let entry = book.dictionary().get(kpi).ok_or_else(|| invalid(kpi))?;
            workbook::Change::ShowOnHome { kpi: entry.kpi.id.clone(), is_shown: *is_shown }
        }
        Change::DefineKpi { .. } | Change::RemoveKpi { .. } => {
            own_kpis::checked_change(&book.fold().kpis, change)?
        }
        Change::SetLimit { .. }
        | Change::RemoveLimit { .. }
        | Change::EnterPeers { .. }
        | Change::RemovePeers { .. } => references::checked(change, book)?,
        Change::NoteWarning { warning, note, snoozed_on } => noted(warning, note, *snoozed_on),
        Change::Annotate { .. } | Change::RemoveAnnotation { .. } => {
            annotations::checked(change, book)?
        }
        Change::Targets(_) | Change::Scorecards(_) | Change::AdoptFramework { .. } => {
            later::checked(book, change, now_millis)?
        }
        Change::KeepBuyers { .. } => workbook::Change::DropBuyers,
        Change::RemoveRecipe { recipe } => {
            book.recipes().removal(recipe).ok_or_else(|| invalid(recipe))?
        }
        Change::RemoveImport { import } => {
            let record = book.record(import).ok_or_else(|| invalid(import))?;
            workbook::Change::RemoveImport { import: import.clone(), file: record.file.clone() }
        }
    })
}

fn renamed(name: &str) -> Result<workbook::Change, Failure> {
    match name.trim() {
        "" => Err(Failure::InvalidValue { value: String::new() }),
        name => Ok(workbook::Change::RenameWorkbook { name: name.to_owned() }),
    }
}

fn withdrawn(book: &Book, month: Day) -> Result<workbook::Change, Failure> {
    let signed = book.fold().signed.keys().find(|period| period.from == month);
    let invalid = || Failure::InvalidValue { value: month.to_string() };
    Ok(workbook::Change::WithdrawSignOff { month: *signed.ok_or_else(invalid)? })
}

fn explained(total: &str, causes: &[String]) -> Result<workbook::Change, Failure> {
    match causes.iter().find(|id| Cause::by_id(id).is_none()) {
        Some(unknown) => Err(Failure::InvalidValue { value: unknown.clone() }),
        None => {
            Ok(workbook::Change::ExplainTotal { total: total.to_owned(), causes: causes.to_vec() })
        }
    }
}

fn noted(warning: &str, note: &str, snoozed_on: Option<Day>) -> workbook::Change {
    let note = note.trim().chars().take(MOST_NOTE_LETTERS).collect();
    workbook::Change::NoteWarning { warning: warning.to_owned(), note, snoozed_on }
}

/// A value that a platform shows by itself, when the KPI is one of those and the channel has it.
fn entered_value(
    kpi: &str,
    (channel, shop): (&str, &str),
    day: Day,
    text: &str,
) -> Result<workbook::Change, Failure> {
    let invalid = |value: &str| Failure::InvalidValue { value: value.to_owned() };
    let known = Dictionary::built_in().get(kpi).and_then(|it| it.kpi.stated.as_ref());
    let stated = known.ok_or_else(|| invalid(kpi))?;
    if !stated.channels.iter().any(|it| it == channel) {
        return Err(invalid(channel));
    }
    let value = Fixed::parse(text).ok_or_else(|| invalid(text))?;
    let [kpi, channel, shop] = [kpi, channel, shop].map(str::to_owned);
    Ok(workbook::Change::EnterValue { kpi, channel, shop, day, value })
}

fn removed_value(
    book: &Book,
    kpi: &str,
    (channel, shop): (&str, &str),
    day: Day,
) -> Result<workbook::Change, Failure> {
    let key = (kpi.to_owned(), channel.to_owned(), shop.to_owned(), day);
    if !book.fold().values.contains_key(&key) {
        return Err(Failure::InvalidValue { value: kpi.to_owned() });
    }
    let (kpi, channel, shop, day) = key;
    Ok(workbook::Change::RemoveValue { kpi, channel, shop, day })
}

/// A recipe that somebody shared, when it is one.
fn shared_recipe(text: &str) -> Result<OwnRecipe, Failure> {
    let invalid = |error: SourceError| Failure::InvalidRecipe { detail: error.to_string() };
    let own = OwnRecipe::parse(text).map_err(invalid)?;
    let Recipe { zone, channel, .. } = own.recipe().as_ref();
    if !is_zone(zone) {
        return Err(invalid(SourceError::Zone(zone.clone())));
    }
    if !channels().iter().any(|it| it.id == *channel) && channel != OWN_CHANNEL {
        return Err(invalid(SourceError::Channel(channel.clone())));
    }
    let tables = own.recipe().facts.iter().map(|facts| facts.table.as_str());
    match tables.into_iter().find(|table| FactTable::by_name(table).is_none()) {
        Some(table) => Err(invalid(SourceError::Table(table.to_owned()))),
        None => Ok(own),
    }
}
