//! The open workbook: its log, its facts and what is derived from them.

mod basis;
mod behind;
mod change_name;
mod contract_effect;
mod effect;
mod figures;
mod foresight;

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

pub(super) use basis::Basis;
use basis::cube_options;
use change_name::change_name;
use foresight::Foresight;

use crate::{
    domain::{
        Currency, Development, Dimension, Filters, Names, ProductEdit, set_of_few, sort_few, steps,
    },
    facts::{self, CostBook, CoveredBy, Cube, CubeOptions, FxRates, Segment},
    kpis::{Contracts, Dictionary},
    storage::{Store, Stored, Unstored, Write},
    workbook::{Change, Event, EventKind, Fold, ImportRecord, ImportedTable},
    worker::{
        protocol::{Failure, Members, WorkbookState},
        session::{
            imports::{
                Masks, Part, covered_by, cube_in_steps, developments, feeds_kpis, masks,
                precedence, record_of,
            },
            own_kpis::KnownKpis,
            peers::{ReportedPeers, reported_peers},
            pending::ReadyFile,
            recipes::Recipes,
            reconciliation::{StatedSums, stated_sums},
        },
        views::contract_views,
    },
};

/// Changes whenever the cube's form or meaning does: a stored one of another version is rebuilt.
const CUBE_VERSION: u32 = 23;
const CUBE_KEY: &str = "cube";
const META_KEY: &str = "workbook";

/// Name and kind of the workbook, as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Meta {
    schema: u32,
    name: String,
    is_demo: bool,
}

/// The cube with what it was made of.
#[derive(Default, Serialize, Deserialize)]
struct Derived {
    /// Imports, contracts and version that the sums belong to.
    made_of: String,
    cube: Rc<Cube>,
    /// Facts in force by import.
    in_force: BTreeMap<String, u64>,
    /// What platforms' own reports state.
    stated: StatedSums,
    /// What they state of comparable sellers.
    peers: ReportedPeers,
    /// How days of ads grew from import to import.
    developments: Vec<Development>,
}

/// All that a cube is made of.
struct Basics {
    made_of: String,
    parts: Vec<Part>,
    masks: Rc<Masks>,
    recipes: Recipes,
    products: BTreeMap<String, ProductEdit>,
    options: CubeOptions,
}

impl Basics {
    /// Makes the cube, in steps.
    async fn derived(self) -> Derived {
        let Self { made_of, parts, masks, recipes, products, options } = self;
        let cube = cube_in_steps(&recipes, &parts, &masks, &products, options).await;
        let mut in_force: BTreeMap<String, u64> = BTreeMap::new();
        for (part, mask) in parts.iter().zip(masks.iter()) {
            let count = mask
                .as_ref()
                .map_or(part.segment.len(), |mask| mask.iter().filter(|it| **it).count());
            *in_force.entry(part.import.clone()).or_default() += count as u64;
        }
        let stated = stated_sums(&parts, &masks);
        let peers = reported_peers(&parts, &masks);
        let developments = developments(&parts);
        Derived { made_of, cube: Rc::new(cube), in_force, stated, peers, developments }
    }
}

pub(super) struct Book {
    id: String,
    meta: Meta,
    log: Vec<Event>,
    fold: Fold,
    contracts: Contracts,
    known_kpis: KnownKpis,
    recipes: Recipes,
    records: BTreeMap<String, ImportRecord>,
    segments: BTreeMap<String, Rc<Segment>>,
    derived: Derived,
    /// With the files that wait for the person's yes.
    foresight: Option<Foresight>,
    /// Which facts of the imports named are in force: comparing all of them takes a while.
    masks: RefCell<Option<(String, Rc<Masks>)>>,
    /// Under the contracts in force.
    basis: Basis,
    /// The same without conversion, where money is converted: platforms' totals are in their own currency.
    plain: Option<Basis>,
}

impl Book {
    pub(super) fn open(
        id: &str,
        name: &str,
        is_demo: bool,
        stored: &Stored,
        _now_millis: i64,
    ) -> Result<(Self, Vec<Write>), Failure> {
        let store = |store: Store| stored.get(&store);
        let damaged =
            |what: &str| Failure::Internal { detail: format!("stored {what} unreadable") };
        let mut writes = Vec::new();
        let meta = match store(Store::Meta).and_then(|store| store.get(META_KEY)) {
            Some(bytes) => serde_json::from_slice(bytes).map_err(|_error| damaged("meta"))?,
            None => {
                let meta = Meta { schema: 1, name: name.to_owned(), is_demo };
                writes.push(put(Store::Meta, META_KEY, json(&meta)));
                meta
            }
        };
        let mut log: Vec<Event> = Vec::new();
        for bytes in store(Store::Events).into_iter().flat_map(BTreeMap::values) {
            log.push(serde_json::from_slice(bytes).map_err(|_error| damaged("event"))?);
        }
        let mut records = BTreeMap::new();
        for (id, bytes) in store(Store::Imports).into_iter().flatten() {
            let record = serde_json::from_slice(bytes).map_err(|_error| damaged("import"))?;
            records.insert(id.clone(), record);
        }
        let cube = store(Store::Cubes).and_then(|store| store.get(CUBE_KEY));
        // A cube that cannot be read is made anew.
        let derived: Derived =
            cube.and_then(|bytes| postcard::from_bytes(bytes).ok()).unwrap_or_default();
        let fold = Fold::of(&log);
        let cube = Rc::clone(&derived.cube);
        let mut book = Self {
            id: id.to_owned(),
            meta,
            basis: Basis::of(Contracts::default(), cube, &fold, CoveredBy::default()),
            fold,
            log,
            contracts: Contracts::default(),
            known_kpis: KnownKpis::default(),
            recipes: Recipes::default(),
            records,
            segments: BTreeMap::new(),
            derived,
            foresight: None,
            masks: RefCell::default(),
            plain: None,
        };
        book.follow_log();
        writes.extend(book.purge());
        Ok((book, writes))
    }

    /// Forgets imports that no undo can bring back: those of an earlier sitting.
    fn purge(&mut self) -> Vec<Write> {
        let reachable: BTreeSet<String> = set_of_few(self.fold.imports.iter().cloned());
        let undoable = self.fold.undo.is_some() || self.fold.redo.is_some();
        if undoable {
            return Vec::new();
        }
        let gone: Vec<String> =
            self.records.keys().filter(|id| !reachable.contains(*id)).cloned().collect();
        let mut writes = Vec::new();
        for id in gone {
            if let Some(record) = self.records.remove(&id) {
                writes.push(Write::Delete { store: Store::Imports, key: id });
                for table in record.tables {
                    writes.push(Write::Delete { store: Store::Segments, key: table.segment });
                }
            }
        }
        writes
    }

    /// What a report kind is called, built-in or the person's own.
    pub(super) fn report_names(&self, report: &str) -> Option<Names> {
        self.recipes.known.recipe(report).map(|recipe| recipe.names.clone())
    }

    pub(super) fn recipes(&self) -> &Recipes {
        &self.recipes
    }

    /// The KPIs that can be asked for.
    pub(super) fn dictionary(&self) -> &Dictionary {
        self.known_kpis.dictionary()
    }

    pub(super) fn contracts(&self) -> &Contracts {
        &self.contracts
    }

    pub(super) fn record(&self, import: &str) -> Option<&ImportRecord> {
        self.fold.imports.iter().any(|id| id == import).then(|| self.records.get(import)).flatten()
    }

    /// What the log adds up to.
    pub(super) fn fold(&self) -> &Fold {
        &self.fold
    }

    /// Imports in force, oldest first.
    pub(super) fn records(&self) -> impl DoubleEndedIterator<Item = &ImportRecord> {
        self.fold.imports.iter().filter_map(|id| self.records.get(id))
    }

    pub(super) fn in_force(&self, import: &str) -> u64 {
        self.derived.in_force.get(import).copied().unwrap_or(0)
    }

    /// What the loaded exports tell, and of which days.
    pub(super) fn covered_by(&self) -> &CoveredBy {
        &self.basis.covered_by
    }

    pub(super) fn costs(&self) -> &CostBook {
        &self.basis.costs
    }

    /// Whether there is a cost that can be set against the sales: in their currency.
    pub(super) fn has_cost(&self, sku: &str) -> bool {
        let layers = self.basis.costs_in_force.layers(sku);
        layers.iter().any(|layer| layer.currency == self.basis.currency && !layer.is_untold)
    }

    pub(super) fn cube(&self) -> &Cube {
        &self.derived.cube
    }

    /// What platforms' own reports state, in all currencies.
    pub(super) fn stated(&self) -> &StatedSums {
        &self.derived.stated
    }

    /// What they state of comparable sellers.
    pub(super) fn peers(&self) -> &ReportedPeers {
        &self.derived.peers
    }

    /// What can be chosen in the filters.
    pub(super) fn members(&self) -> &Members {
        &self.basis.members
    }

    pub(super) fn currency(&self) -> Currency {
        self.basis.currency
    }

    /// The figures in the files' own currency.
    pub(super) fn plain(&self) -> &Basis {
        self.plain.as_ref().unwrap_or(&self.basis)
    }

    /// What money is converted by; `None`: it is not.
    pub(super) fn rates(&self) -> Option<&FxRates> {
        self.contracts.currency().map(|_| self.basis.cube.rates())
    }

    /// What buyers are hashed with; `None`: they are dropped.
    pub(super) fn buyers_secret(&self) -> Option<&str> {
        self.fold.buyers_secret.as_deref().filter(|_| self.fold.keeps_buyers)
    }

    /// The import in force that was read from these very bytes.
    pub(super) fn import_of(&self, content_hash: u64) -> Option<String> {
        self.records().find(|it| it.content_hash == content_hash).map(|it| it.id.clone())
    }

    pub(super) fn state(&self) -> WorkbookState {
        let name = if self.fold.name.is_empty() { &self.meta.name } else { &self.fold.name };
        let feeding = self.records().filter(|record| feeds_kpis(&self.recipes.known, record));
        let periods = feeding.filter_map(|record| record.period);
        WorkbookState {
            id: self.id.clone(),
            name: name.clone(),
            is_demo: self.meta.is_demo,
            n_imports: u32::try_from(self.fold.imports.len()).unwrap_or(u32::MAX),
            revision: self.log.last().map_or(0, |event| event.number),
            contracts: contract_views(&self.contracts, &self.fold.contract_reasons),
            covered: periods.reduce(|all, period| all.including(&period)),
            undo: self.fold.undo.as_ref().map(|it| change_name(it, self.dictionary())),
            redo: self.fold.redo.as_ref().map(|it| change_name(it, self.dictionary())),
            keeps_buyers: self.fold.keeps_buyers,
        }
    }

    // The log.

    pub(super) fn change(&mut self, change: Change, now: i64) -> Unstored {
        self.append(EventKind::Changed(change), now)
    }

    /// Several changes in their order.
    pub(super) fn change_all(&mut self, changes: Vec<Change>, now: i64) -> Unstored {
        let mut unstored = Unstored::default();
        for change in changes {
            let appended = self.change(change, now);
            unstored.writes.extend(appended.writes);
            unstored.has_cube = appended.has_cube;
        }
        unstored
    }

    pub(super) fn undo(&mut self, now: i64) -> Result<Unstored, Failure> {
        let target = self.fold.undo.as_ref().ok_or(Failure::NothingToUndo)?;
        Ok(self.append(EventKind::Undone { number: target.number }, now))
    }

    pub(super) fn redo(&mut self, now: i64) -> Result<Unstored, Failure> {
        let target = self.fold.redo.as_ref().ok_or(Failure::NothingToUndo)?;
        Ok(self.append(EventKind::Redone { number: target.number }, now))
    }

    /// The number that the next entry of the log has.
    pub(super) fn next_entry(&self) -> u64 {
        self.log.last().map_or(1, |event| event.number + 1)
    }

    fn append(&mut self, kind: EventKind, now: i64) -> Unstored {
        let number = self.next_entry();
        let event = Event { number, at_millis: now, kind };
        let mut unstored =
            Unstored::of(vec![put(Store::Events, &format!("{number:012}"), json(&event))]);
        // On most targets, and on scorecards, no figure hangs.
        let is_of_figures = match &event.kind {
            EventKind::Changed(Change::ChangeTargets { targets }) => basis::is_planned(targets),
            EventKind::Changed(Change::ChangeScorecards { .. }) => false,
            _ => true,
        };
        let is_change = matches!(event.kind, EventKind::Changed(_));
        if is_change {
            // To fold the log anew takes the longer the longer it is.
            self.fold.follow(&event);
        }
        self.log.push(event);
        if !is_change {
            self.fold = Fold::of(&self.log);
        }
        if is_of_figures {
            self.follow_log();
        }
        unstored.has_cube = self.derived.made_of != self.made_of();
        unstored
    }

    /// Derives what follows from the log at once.
    fn follow_log(&mut self) {
        let chosen = self.fold.contracts.iter();
        let mut contracts = Contracts::default();
        for (contract, choice) in chosen {
            // A choice of another version that is not known any more falls back to the default.
            contracts.choose(contract, choice).ok();
        }
        self.contracts = contracts;
        self.recipes.follow(&self.fold.recipes);
        self.known_kpis.follow(&self.fold.kpis);
        self.derive();
    }

    /// Derives what follows from the cube and the log.
    fn derive(&mut self) {
        let cube = Rc::clone(&self.derived.cube);
        let basis =
            |contracts| Basis::of(contracts, Rc::clone(&cube), &self.fold, self.files_cover());
        let plain = self.contracts.currency().map(|_| basis(self.contracts.without_conversion()));
        (self.basis, self.plain) = (basis(self.contracts.clone()), plain);
    }

    /// What the loaded files tell, and of which days.
    fn files_cover(&self) -> CoveredBy {
        covered_by(&self.recipes.known, self.records())
    }

    // Facts.

    /// Keys of the segments in force that are not in memory.
    pub(super) fn missing_segments(&self) -> Vec<String> {
        let tables = self.records().flat_map(|record| &record.tables);
        let keys = tables.map(|table| table.segment.clone());
        keys.filter(|key| !self.segments.contains_key(key)).collect()
    }

    /// The same, when the cube must be made anew.
    pub(super) fn missing_for_cube(&self) -> Vec<String> {
        if self.derived.made_of == self.made_of() {
            return Vec::new();
        }
        self.missing_segments()
    }

    pub(super) fn supply(&mut self, key: &str, bytes: &[u8]) -> Result<(), Failure> {
        let internal = |error: facts::IpcError| Failure::Internal { detail: error.to_string() };
        let segment = Segment::from_ipc(bytes).map_err(internal)?;
        self.segments.insert(key.to_owned(), Rc::new(segment));
        Ok(())
    }

    /// What the sums in force are made of.
    fn made_of(&self) -> String {
        self.made_with(&self.contracts)
    }

    /// What sums are made of under other contracts.
    fn made_with(&self, contracts: &Contracts) -> String {
        self.made_under(contracts, self.fold.imports.clone())
    }

    /// What the sums of imports are made of under contracts.
    fn made_under(&self, contracts: &Contracts, mut imports: Vec<String>) -> String {
        sort_few(&mut imports);
        let choices = ["day_boundary", "excluded_orders", "sale_timing", "refund_timing"];
        let choices = choices.map(|contract| contracts.choice(contract)).join("|");
        let recipes = self.recipes.made_of();
        let products = xxh3_64(&json(&self.fold.products));
        let imports = imports.join(",");
        let buyers = self.fold.keeps_buyers;
        format!("{CUBE_VERSION}|{choices}|{buyers}|{imports}|{recipes}|{products:x}")
    }

    /// Makes the cube anew when imports or contracts changed.
    pub(super) fn refresh(&mut self) -> Result<(), Failure> {
        let made_of = self.made_of();
        if self.derived.made_of == made_of {
            return Ok(());
        }
        if let Some(missing) = self.missing_for_cube().first() {
            return Err(Failure::Internal { detail: format!("segment {missing:?} not supplied") });
        }
        let parts = self.parts();
        self.derived = match self.come_true(&made_of, &parts) {
            Some(derived) => derived,
            None => {
                let masks = self.masks(&parts);
                steps::finish(self.basics(made_of, parts, masks).derived())
            }
        };
        self.derive();
        Ok(())
    }

    /// What the cube of parts is made of.
    fn basics(&self, made_of: String, parts: Vec<Part>, masks: Rc<Masks>) -> Basics {
        Basics {
            made_of,
            parts,
            masks,
            recipes: self.recipes.clone(),
            products: self.fold.products.clone(),
            options: self.cube_options(),
        }
    }

    /// Makes the cube anew where it can be made.
    pub(super) fn prepare(&mut self) {
        // What is missing now is asked for with the first request for figures.
        self.refresh().ok();
    }

    /// The next KPI month by month, of the whole and then of each channel: what is looked up for it is there
    /// when it is asked for.
    pub(super) fn make_ready(&mut self) {
        let entries = self.dictionary().entries();
        let at = self.basis.n_made_ready;
        let channel = (at / entries.len().max(1)).checked_sub(1);
        let channel = channel.and_then(|nth| self.basis.members.channels.get(nth));
        let all = Filters::default();
        let filters = channel.map_or(all.clone(), |it| all.narrowed(Dimension::Channel, &it.id));
        if let Some(entry) = entries.get(at % entries.len().max(1)) {
            self.with_views(|views| views.make_ready(entry, &filters));
        }
        self.basis.n_made_ready += 1;
    }

    /// Nothing is, before figures of now have been asked for.
    pub(super) fn has_to_make_ready(&self) -> bool {
        let n_parts = 1 + self.basis.members.channels.len();
        self.basis.n_made_ready < n_parts * self.dictionary().entries().len()
            && self.basis.is_in_use()
    }

    /// Which facts of the parts, which are those of all imports, are in force.
    pub(in crate::worker::session) fn masks(&self, parts: &[Part]) -> Rc<Masks> {
        let key = key_of(parts);
        if let Some((known, masks)) = &*self.masks.borrow()
            && *known == key
        {
            return Rc::clone(masks);
        }
        let masks = Rc::new(masks(parts));
        *self.masks.borrow_mut() = Some((key, Rc::clone(&masks)));
        masks
    }

    fn remember_masks(&mut self, parts: &[Part], masks: Rc<Masks>) {
        *self.masks.get_mut() = Some((key_of(parts), masks));
    }

    fn cube_options(&self) -> CubeOptions {
        cube_options(&self.contracts, self.fold.keeps_buyers)
    }

    /// The segments of the imports in force.
    pub(in crate::worker::session) fn parts(&self) -> Vec<Part> {
        let of_record = |record: &ImportRecord| -> Vec<Part> {
            let precedence = precedence(
                record.period,
                record.is_cut_down,
                record.modified_millis,
                record.content_hash,
            );
            let part = |table: &ImportedTable| {
                let segment = self.segments.get(&table.segment)?;
                let import = record.id.clone();
                Some(Part { import, segment: Rc::clone(segment), precedence })
            };
            record.tables.iter().filter_map(part).collect()
        };
        self.records().flat_map(of_record).collect()
    }

    /// A segment in memory as it is stored.
    pub(super) fn segment_write(&self, key: &str) -> Result<Write, Failure> {
        let internal = |detail: String| Failure::Internal { detail };
        let segment = self.segments.get(key);
        let segment = segment.ok_or_else(|| internal(format!("segment {key:?} is not here")))?;
        let bytes = segment.to_ipc().map_err(|error| internal(error.to_string()))?;
        Ok(put(Store::Segments, key, bytes))
    }

    /// Deletes what no import points to.
    pub(super) fn unknown_segments(&self, stored: &[String]) -> Vec<Write> {
        let tables = self.records.values().flat_map(|record| &record.tables);
        let known: BTreeSet<&str> = set_of_few(tables.map(|table| table.segment.as_str()));
        let unknown = stored.iter().filter(|key| !known.contains(key.as_str()));
        unknown.map(|key| Write::Delete { store: Store::Segments, key: key.clone() }).collect()
    }

    /// The cube as it is stored; the one of before when the facts for another are not here.
    pub(super) fn cube_write(&mut self) -> Write {
        self.refresh().ok();
        let bytes = postcard::to_allocvec(&self.derived).unwrap_or_default();
        put(Store::Cubes, CUBE_KEY, bytes)
    }

    /// Takes readings in as one step of the log.
    pub(super) fn add_imports(
        &mut self,
        files: Vec<ReadyFile>,
        now: i64,
    ) -> (Vec<String>, Unstored) {
        if files.is_empty() {
            return (Vec::new(), Unstored::default());
        }
        let mut unstored = Unstored::default();
        let (mut imports, mut names) = (Vec::new(), Vec::new());
        for file in &files {
            for change in self.recipes.keeping_for(file) {
                unstored.writes.extend(self.append(EventKind::Changed(change), now).writes);
            }
        }
        for file in files {
            names.push(file.meta.name.clone());
            let (record, segments) = record_of(&self.recipes.known, file, now);
            for (key, segment) in segments {
                unstored.segments.push(key.clone());
                self.segments.insert(key, segment);
            }
            unstored.writes.push(put(Store::Imports, &record.id, json(&record)));
            imports.push(record.id.clone());
            self.records.insert(record.id.clone(), record);
        }
        let change = Change::AddImports { imports: imports.clone(), files: names };
        let appended = self.append(EventKind::Changed(change), now);
        unstored.writes.extend(appended.writes);
        unstored.has_cube = appended.has_cube;
        (imports, unstored)
    }
}

/// What the masks of parts are remembered by.
fn key_of(parts: &[Part]) -> String {
    let imports: Vec<&str> = parts.iter().map(|part| part.import.as_str()).collect();
    imports.join(",")
}

fn put(store: Store, key: &str, value: Vec<u8>) -> Write {
    Write::Put { store, key: key.to_owned(), value }
}

fn json<T: Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}
