//! Files on their way into the workbook.

use std::sync::Arc;

use crate::{
    catalog::{
        Catalog,
        own::OwnRecipe,
        report::{Evidence, Recipe},
    },
    domain::{map_of_few, sort_few},
    facts::Table,
    ingest::{
        self, DateOrder, FileName, FileReading, Mapping, Packed, ReadOptions, ReadOutcome, Refusal,
        UnknownTable,
    },
    worker::{
        protocol::{
            Effect, Failure, FileMeta, MappingDraft, MappingView, PendingFile, Reading,
            ReadingEdit, Understood,
        },
        session::{
            ReadingProgress, ReadingTask, book::Book, later, mapping::mapping_view,
            recipes::Recipes, words::words_of,
        },
    },
};

/// A file and what came of it.
struct File {
    id: u32,
    meta: FileMeta,
    /// Of a file in an archive.
    packed: Option<Packed>,
    options: ReadOptions,
    /// Its header and first rows, when no recipe fitted it at first.
    unknown: Option<UnknownTable>,
    /// What its columns are, when a person has said it.
    mapping: Option<Mapping>,
    /// The same, set aside for a report kind that was chosen later.
    before: Option<Mapping>,
    /// Other sheets of the workbook that are reports, too.
    further_sheets: Vec<String>,
    /// The person's recipes that were in use when it was dropped.
    offered: Vec<OwnRecipe>,
    /// All recipes that it is read by.
    catalog: Arc<Catalog>,
    state: State,
}

enum State {
    Reading(Box<FileReading>),
    Read(Box<ingest::Reading>, Effect),
    AlreadyLoaded { import: String },
    Refused(Refusal),
}

/// A reading that is taken into the workbook.
pub(super) struct ReadyFile {
    pub(super) meta: FileMeta,
    pub(super) reading: ingest::Reading,
    /// The recipe that a person made for it.
    pub(super) own: Option<OwnRecipe>,
}

#[derive(Default)]
pub(super) struct PendingFiles {
    files: Vec<File>,
    last_id: u32,
    /// Of every file at first.
    pub(super) max_left_out_percent: Option<u32>,
    /// Of the open workbook, where it keeps buyers.
    pub(super) buyers_secret: Option<String>,
}

impl PendingFiles {
    /// Forgets all files; numbers are never given twice.
    pub(super) fn forget(&mut self) {
        self.files.clear();
    }

    pub(super) fn begin(
        &mut self,
        catalog: &Arc<Catalog>,
        offered: Vec<OwnRecipe>,
        meta: FileMeta,
        packed: Option<Packed>,
    ) -> u32 {
        self.last_id += 1;
        let options = ReadOptions {
            max_left_out_percent: self.max_left_out_percent,
            buyers_secret: self.buyers_secret.clone(),
            ..ReadOptions::default()
        };
        let state = State::Reading(Box::new(reading_of(catalog, &meta, packed, &options)));
        let (id, catalog) = (self.last_id, Arc::clone(catalog));
        self.files.push(File {
            id,
            meta,
            packed,
            options,
            unknown: None,
            mapping: None,
            before: None,
            further_sheets: Vec::new(),
            offered,
            catalog,
            state,
        });
        self.last_id
    }

    /// Other sheets of a workbook that are reports, too.
    pub(super) fn further_sheets(&self, pending: u32) -> Vec<String> {
        let file = self.files.iter().find(|file| file.id == pending);
        file.map(|file| file.further_sheets.clone()).unwrap_or_default()
    }

    /// Begins with another sheet of a workbook: its bytes are fed anew.
    pub(super) fn begin_sheet(&mut self, pending: u32, sheet: &str) -> Option<u32> {
        let of = self.files.iter().find(|file| file.id == pending)?;
        let (catalog, packed) = (Arc::clone(&of.catalog), of.packed);
        // By what was just said of the first sheet the others are read, too.
        let offered = of.offered.iter().cloned().chain(of.own().ok().flatten()).collect();
        let name = format!("{}/{sheet}", of.meta.name);
        let id = self.begin(&catalog, offered, FileMeta { name, ..of.meta }, packed);
        let file = self.files.iter_mut().find(|file| file.id == id)?;
        file.options.sheet = Some(sheet.to_owned());
        let reading = reading_of(&file.catalog, &file.meta, file.packed, &file.options);
        file.state = State::Reading(Box::new(reading));
        Some(id)
    }

    pub(super) fn begin_again(
        &mut self,
        catalog: &Arc<Catalog>,
        pending: u32,
        edit: ReadingEdit,
    ) -> Result<(), Failure> {
        let file = self.files.iter_mut().find(|file| file.id == pending);
        let file = file.ok_or_else(|| unknown(pending))?;
        let options = &mut file.options;
        options.buyers_secret.clone_from(&self.buyers_secret);
        if let State::Read(reading, _) = &file.state
            && !reading.sheets.read.is_empty()
        {
            // Set right, it stays the sheet that it is.
            options.sheet.get_or_insert_with(|| reading.sheets.read.clone());
        }
        match edit {
            ReadingEdit::Report { report } => {
                if options.report.as_ref() != Some(&report) {
                    file.before = file.mapping.take();
                }
                options.report = Some(report);
            }
            ReadingEdit::Zone { zone } => options.zone = Some(zone),
            ReadingEdit::DateOrder { order } => options.date_order = Some(order),
            ReadingEdit::Shop { shop } => {
                let shop = shop.trim().to_owned();
                if let Some(mapping) = &mut file.mapping {
                    mapping.shop.clone_from(&shop);
                }
                options.shop = Some(shop);
            }
            ReadingEdit::Currency { currency } => options.currency = Some(currency),
            ReadingEdit::Period { period } => options.period = Some(period),
            ReadingEdit::Mapping { mapping } => {
                // The mapping says the shop.
                options.shop = None;
                if let Some(own) = file.state.own_in(&file.offered) {
                    go_on_from(options, own.recipe());
                }
                file.mapping = Some(mapping);
            }
            ReadingEdit::LeaveOut => options.max_left_out_percent = None,
            ReadingEdit::Correct { correction } => {
                take_back(options, correction.line, &correction.column);
                options.corrections.push(correction);
                sort_few(&mut options.corrections);
            }
            ReadingEdit::TakeBack { line, column } => take_back(options, line, &column),
        }
        file.catalog = Arc::clone(catalog);
        if let Some(own) = file.own()? {
            file.options.report = Some(own.recipe().id.clone());
            file.catalog = Arc::new(catalog.with_own([&own]));
        }
        let reading = reading_of(&file.catalog, &file.meta, file.packed, &file.options);
        file.state = State::Reading(Box::new(reading));
        Ok(())
    }

    pub(super) fn feed(&mut self, pending: u32, bytes: &[u8]) -> ReadingProgress {
        let file = self.files.iter_mut().find(|file| file.id == pending);
        let Some(File { state: State::Reading(reading), .. }) = file else {
            return ReadingProgress { rows: 0, is_settled: true, needs_sheets: false };
        };
        reading.feed(bytes);
        ReadingProgress {
            rows: reading.rows(),
            is_settled: reading.is_refused(),
            needs_sheets: reading.needs_sheets(),
        }
    }

    pub(super) fn finish(&mut self, pending: u32, book: Option<&Book>) {
        let Some(file) = self.files.iter_mut().find(|file| file.id == pending) else { return };
        match std::mem::replace(&mut file.state, State::Refused(Refusal::Cancelled)) {
            State::Reading(reading) => self.settle(pending, reading.finish(), book),
            other => file.state = other,
        }
    }

    /// What is needed to read a file that is being read.
    pub(super) fn task(&self, pending: u32) -> Option<ReadingTask> {
        let mut files = self.files.iter();
        let file = files.find(|file| file.id == pending)?;
        let is_reading = matches!(file.state, State::Reading(_));
        is_reading.then(|| ReadingTask {
            name: name_of(&file.meta, &file.options),
            options: file.options.clone(),
            recipes: file.offered.iter().cloned().chain(file.own().ok().flatten()).collect(),
        })
    }

    /// What the columns of a file are, and what comes of it.
    pub(super) fn mapping(
        &self,
        pending: u32,
        draft: Option<&MappingDraft>,
        recipes: Option<&Recipes>,
    ) -> Result<MappingView, Failure> {
        let mut files = self.files.iter();
        let file = files.find(|file| file.id == pending).ok_or_else(|| unknown(pending))?;
        let table = file.table().ok_or_else(|| unknown(pending))?;
        // The recipe that it was read by, else one that knows most of its columns.
        let read_by = file.state.own_in(&file.offered).into_iter();
        let mut own = read_by.chain(recipes.into_iter().flat_map(Recipes::in_use));
        let before = match file.mapping.as_ref().or(file.before.as_ref()) {
            Some(mapping) => Some(mapping.clone()),
            None => own.find_map(|own| ingest::mapping_by(own.recipe(), &table)),
        };
        Ok(mapping_view(&table, &name_of(&file.meta, &file.options), draft, before, &file.options))
    }

    pub(super) fn settle(&mut self, pending: u32, outcome: ReadOutcome, book: Option<&Book>) {
        let others: Vec<u64> = self.files.iter().filter_map(File::content_hash).collect();
        if let Some(file) = self.files.iter_mut().find(|file| file.id == pending) {
            if let Err(Refusal::UnknownReport { table, .. }) = &outcome {
                file.unknown = Some((**table).clone());
            }
            if let Ok(reading) = &outcome {
                file.further_sheets.clone_from(&reading.sheets.further);
            }
            file.state = settled(outcome, file, &others, book);
        }
    }

    pub(super) fn refuse(&mut self, pending: u32, refusal: Refusal) {
        if let Some(file) = self.files.iter_mut().find(|file| file.id == pending) {
            file.state = State::Refused(refusal);
        }
    }

    /// Refused files with the columns of `pending`, which nothing was said of.
    pub(super) fn alike(&self, pending: u32) -> Vec<u32> {
        let of = |id| self.files.iter().find(|file| file.id == id)?.unknown.as_ref();
        let Some(table) = of(pending) else { return Vec::new() };
        let is_alike = |file: &&File| match &file.state {
            State::Refused(Refusal::UnknownReport { table: other, .. }) => {
                file.id != pending && other.header == table.header
            }
            _ => false,
        };
        self.files.iter().filter(is_alike).map(|file| file.id).collect()
    }

    pub(super) fn discard(&mut self, pending: u32) {
        self.files.retain(|file| file.id != pending);
    }

    pub(super) fn views(&self) -> Vec<PendingFile> {
        self.files.iter().filter_map(File::view).collect()
    }

    /// The files that can be imported, in the order in which they came. A recipe that is new with one of
    /// them changes more than its facts: `None`.
    pub(super) fn ready(&self) -> Option<Vec<(&FileMeta, &ingest::Reading)>> {
        let mut ready = Vec::new();
        for file in &self.files {
            if let State::Read(reading, _) = &file.state
                && reading.questions.is_empty()
            {
                if file.mapping.is_some() {
                    return None;
                }
                ready.push((&file.meta, &**reading));
            }
        }
        Some(ready)
    }

    /// Takes out the files that can be imported, in the order in which they came.
    pub(super) fn take_ready(&mut self) -> Vec<ReadyFile> {
        let mut ready = Vec::new();
        let mut rest = Vec::new();
        for file in std::mem::take(&mut self.files) {
            match file.state {
                State::Read(reading, _) if reading.questions.is_empty() => {
                    // It was read by this recipe: there is one.
                    let own = own_of(file.mapping.as_ref(), &file.options).ok().flatten();
                    let report = &reading.report;
                    let offered = file.offered.into_iter();
                    let own =
                        own.or_else(|| offered.into_iter().find(|it| it.recipe().id == *report));
                    let mut reading = *reading;
                    if file.options.buyers_secret != self.buyers_secret {
                        // It was read before the workbook's choice: its hashes are not kept.
                        reading.segments.retain(|it| it.table() != Table::Purchases);
                        reading.sums.remove("purchases.amount");
                    }
                    ready.push(ReadyFile { meta: file.meta, reading, own });
                }
                state => rest.push(File { state, ..file }),
            }
        }
        self.files = rest;
        ready
    }
}

/// What a recipe says of dates and money holds for the one that takes its place.
fn go_on_from(options: &mut ReadOptions, recipe: &Recipe) {
    options.zone.get_or_insert_with(|| recipe.zone.clone());
    options.currency = options.currency.or(recipe.currency);
    options.date_order = options.date_order.or(recipe.date_order.map(DateOrder::from));
}

/// Whether the sum of a column, `table.column`, can be compared with what a platform shows.
fn adds_up(column: &str) -> bool {
    let parts = column.split_once('.').and_then(|(table, it)| Some((Table::by_name(table)?, it)));
    parts.is_none_or(|(table, number)| table.adds_up(number))
}

fn take_back(options: &mut ReadOptions, line: u64, column: &str) {
    options.corrections.retain(|it| it.line != line || it.column != column);
}

fn unknown(pending: u32) -> Failure {
    Failure::InvalidValue { value: pending.to_string() }
}

/// The recipe that a person made by a mapping.
fn own_of(mapping: Option<&Mapping>, options: &ReadOptions) -> Result<Option<OwnRecipe>, Failure> {
    mapping.map(|mapping| later::mapped(mapping, options)).transpose()
}

fn reading_of(
    catalog: &Arc<Catalog>,
    meta: &FileMeta,
    packed: Option<Packed>,
    options: &ReadOptions,
) -> FileReading {
    FileReading::of_export(catalog, name_of(meta, options), options.clone(), packed)
}

/// The file's own name: behind it stands which of its sheets is read.
fn name_of(meta: &FileMeta, options: &ReadOptions) -> FileName {
    let sheet = options.sheet.as_ref().map(|sheet| format!("/{sheet}"));
    let own = sheet.and_then(|sheet| meta.name.strip_suffix(&sheet));
    let name = own.unwrap_or(&meta.name).to_owned();
    FileName { name, modified_millis: meta.modified_millis }
}

fn settled(outcome: ReadOutcome, file: &File, others: &[u64], book: Option<&Book>) -> State {
    match outcome {
        Err(refusal) => State::Refused(refusal),
        Ok(reading) => {
            let same = book.and_then(|book| book.import_of(reading.content_hash));
            let is_twice = others.contains(&reading.content_hash);
            match same {
                Some(import) => State::AlreadyLoaded { import },
                None if is_twice => State::AlreadyLoaded { import: String::new() },
                None => {
                    let effect =
                        book.map(|book| book.effect_of(&file.catalog, &reading, &file.meta));
                    State::Read(Box::new(reading), effect.unwrap_or_default())
                }
            }
        }
    }
}

impl State {
    /// Which of the person's recipes the file was read by.
    fn own_in<'a>(&self, offered: &'a [OwnRecipe]) -> Option<&'a OwnRecipe> {
        let Self::Read(reading, _) = self else { return None };
        offered.iter().find(|own| own.recipe().id == reading.report)
    }
}

impl File {
    /// The recipe that a person made for it, while it is read by that.
    fn own(&self) -> Result<Option<OwnRecipe>, Failure> {
        own_of(self.mapping.as_ref(), &self.options)
    }

    /// Its header and first rows; `None` when it has none that could be read.
    fn table(&self) -> Option<UnknownTable> {
        let State::Read(reading, _) = &self.state else { return self.unknown.clone() };
        let known = self.unknown.clone().unwrap_or_else(|| UnknownTable::of_reading(reading));
        Some(known.with_unknown_kinds(reading))
    }

    fn content_hash(&self) -> Option<u64> {
        match &self.state {
            State::Read(reading, _) => Some(reading.content_hash),
            _ => None,
        }
    }

    /// `None` while the file is being read.
    fn view(&self) -> Option<PendingFile> {
        let reading = match &self.state {
            State::Reading(_) => return None,
            State::AlreadyLoaded { import } => Reading::AlreadyLoaded { import: import.clone() },
            State::Refused(refusal) => Reading::Refused(refusal.clone()),
            State::Read(reading, effect) => {
                let understood = Box::new(understood(self, reading, effect));
                if reading.questions.is_empty() {
                    Reading::Ready(understood)
                } else {
                    Reading::Asking(understood)
                }
            }
        };
        let (name, size_bytes) = (self.meta.name.clone(), self.meta.size_bytes);
        // What the product knows is not to be said anew: the same days would be counted twice.
        let can_be_mapped = self.unknown.is_some() || self.state.own_in(&self.offered).is_some();
        Some(PendingFile { pending: self.id, name, size_bytes, can_be_mapped, reading })
    }
}

fn understood(file: &File, reading: &ingest::Reading, effect: &Effect) -> Understood {
    let recipe = file.catalog.recipe(&reading.report);
    let mut facts = std::collections::BTreeMap::new();
    for segment in &reading.segments {
        *facts.entry(segment.table().name().to_owned()).or_insert(0) += segment.len() as u64;
    }
    let sums = reading.sums.iter().filter(|(column, _)| adds_up(column));
    let sums = sums.map(|(column, sum)| (column.clone(), sum.to_string()));
    Understood {
        report: reading.report.clone(),
        names: recipe.map(|recipe| recipe.names.clone()).unwrap_or_default(),
        channel: recipe.map(|recipe| recipe.channel.clone()).unwrap_or_default(),
        shop: reading.shops.join(", "),
        period: reading.period,
        currencies: reading.currencies.clone(),
        zone: reading.zone.clone(),
        date_order: reading.date_order,
        date_order_proof: reading.date_order_proof.clone(),
        encoding: reading.encoding.clone(),
        container: reading.container.to_owned(),
        delimiter: reading.delimiter.clone(),
        preamble_lines: reading.preamble_lines,
        sheet: reading.sheets.read.clone(),
        unknown_sheets: reading.sheets.unknown.clone(),
        rows: reading.rows,
        questions: reading.questions.clone(),
        columns: reading.columns.clone(),
        raw_rows: reading.raw_rows.clone(),
        understood: reading.understood.clone(),
        facts,
        sums: map_of_few(sums),
        n_problems: reading.n_problems,
        problems: reading.problems.clone(),
        corrections: file.options.corrections.clone(),
        checks: reading.checks.clone(),
        dropped_columns: reading.dropped_columns.clone(),
        hashed_columns: reading.hashed_columns.clone(),
        unknown_columns: reading.unknown_columns.clone(),
        lacking_columns: reading.lacking_columns.clone(),
        is_described: recipe.is_some_and(|recipe| recipe.evidence == Evidence::Described),
        words: words_of(reading),
        effect: effect.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::worker::protocol::{Correction, Question};

    /// The second row goes over two lines; the quantity of the third, on line 5, is none.
    const RETURNS: &str = "return-date,order-id,sku,asin,fnsku,product-name,quantity,fulfillment-center-id,detailed-disposition,reason,status,license-plate-number,customer-comments\n\
        2026-03-01,114-1,LAN-1,B0,X0,Lantern,1,ABC1,SELLABLE,UNWANTED_ITEM,,LPN1,\n\
        2026-03-01,114-2,LAN-1,B0,X0,\"Lantern,\nlarge\",1,ABC1,SELLABLE,UNWANTED_ITEM,,LPN2,\n\
        2026-03-02,114-3,LAN-1,B0,X0,Lantern,two,ABC1,SELLABLE,UNWANTED_ITEM,,LPN3,\n\
        2026-03-02,114-4,LAN-1,B0,X0,Lantern,1,ABC1,SELLABLE,UNWANTED_ITEM,,LPN4,\n";

    fn files() -> PendingFiles {
        let mut files = PendingFiles { max_left_out_percent: Some(1), ..PendingFiles::default() };
        let name = "returns.csv".to_owned();
        let meta = FileMeta { name, size_bytes: RETURNS.len() as u64, modified_millis: 0 };
        files.begin(Catalog::built_in(), Vec::new(), meta, None);
        read(&mut files);
        files
    }

    fn read(files: &mut PendingFiles) {
        files.feed(1, RETURNS.as_bytes());
        files.finish(1, None);
    }

    fn edit(files: &mut PendingFiles, edit: ReadingEdit) {
        files.begin_again(Catalog::built_in(), 1, edit).unwrap();
        read(files);
    }

    /// Questions, problems and the sum of units.
    fn state(files: &PendingFiles) -> (Vec<Question>, u64, String) {
        match files.views().pop().map(|file| file.reading) {
            Some(Reading::Ready(it) | Reading::Asking(it)) => {
                let units = it.sums.get("returns.units").cloned().unwrap_or_default();
                (it.questions.clone(), it.n_problems, units)
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn many_rows_are_left_out_only_when_that_is_said() {
        let mut files = files();
        let asked = Question::LeftOut { rows: 1, of: 4, max_percent: 1 };
        assert_eq!(state(&files), (vec![asked], 1, "3".to_owned()));
        assert!(files.take_ready().is_empty());
        edit(&mut files, ReadingEdit::LeaveOut);
        assert_eq!(state(&files), (Vec::new(), 1, "3".to_owned()));
        assert_eq!(files.take_ready().len(), 1);
    }

    #[test]
    fn a_cell_that_is_typed_anew_counts_until_it_is_taken_back() {
        let mut files = files();
        let correct = |value: &str| ReadingEdit::Correct {
            correction: Correction {
                line: 5,
                column: "quantity".to_owned(),
                value: value.to_owned(),
            },
        };
        edit(&mut files, correct("2"));
        assert_eq!(state(&files), (Vec::new(), 0, "5".to_owned()));
        // What is typed last counts, and it can be wrong, too.
        edit(&mut files, correct("three"));
        assert_eq!(state(&files).1, 1);
        edit(&mut files, correct("3"));
        assert_eq!(state(&files), (Vec::new(), 0, "6".to_owned()));
        edit(&mut files, ReadingEdit::TakeBack { line: 5, column: "quantity".to_owned() });
        assert_eq!((state(&files).1, state(&files).2), (1, "3".to_owned()));
    }

    #[test]
    fn sums_that_no_platform_shows_are_not_told() {
        let told = ["peers.impressions", "peers.acos_median", "fx_rates.rate", "order_lines.gross"];
        assert_eq!(told.map(adds_up), [true, false, false, true]);
    }
}
