//! The same engine, run in the test: what the page must show.

use linkstar_kpi::{
    demo,
    domain::{Day, Filters, Granularity, Period},
    storage::Stored,
    worker::{
        protocol::{
            ChannelRow, Comparison, Effect, FileMeta, HomeRequest, HomeView, PendingFile, Reading,
            Request, Response,
        },
        session::Session,
        views::{TableBy, TableRequest},
    },
};

use crate::figures::Shown;

/// A workbook in memory.
pub(crate) struct Native {
    session: Session,
}

/// What is to be seen on home; written into its URL too.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sight {
    pub(crate) period: Option<(&'static str, &'static str)>,
    pub(crate) channel: Option<&'static str>,
    pub(crate) is_against_year_before: bool,
}

impl Sight {
    /// The route to it on `page` (`home`, `kpi/sales.net`).
    pub(crate) fn hash(&self, page: &str) -> String {
        let mut query = Vec::new();
        if let Some((from, to)) = self.period {
            query.push(format!("from={from}&to={to}"));
        }
        if self.is_against_year_before {
            query.push("compare=year".to_owned());
        }
        query.extend(self.channel.map(|channel| format!("channel={channel}")));
        if query.is_empty() { format!("#/{page}") } else { format!("#/{page}?{}", query.join("&")) }
    }

    fn scope(&self) -> String {
        self.channel.map_or_else(|| "all".to_owned(), |channel| format!("channel={channel}"))
    }

    fn period(&self) -> Option<Period> {
        let day = |text| Day::parse(text).expect("a day");
        self.period.map(|(from, to)| Period::between(day(from), day(to)))
    }

    fn request(&self) -> HomeRequest {
        let channels = self.channel.into_iter().map(str::to_owned).collect();
        HomeRequest {
            filters: Filters { channels, ..Filters::default() },
            period: self.period(),
            comparison: if self.is_against_year_before {
                Comparison::YearBefore
            } else {
                Comparison::PreviousPeriod
            },
            granularity: Granularity::Day,
            trend_kpi: "sales.net".to_owned(),
            trend_by: None,
            // Counts only while there is no data.
            today: Day::from_days_since_epoch(0),
        }
    }
}

impl Native {
    pub(crate) fn new() -> Self {
        let mut session = Session::new();
        session.open("native", "Native", false, &Stored::default(), 0).expect("a workbook");
        Self { session }
    }

    /// With the demo company's files taken in.
    pub(crate) fn demo() -> Self {
        let mut native = Self::new();
        for file in demo::files() {
            native.read(&file.name, &file.bytes);
        }
        native.confirm();
        native
    }

    /// With these files taken in, in one step.
    pub(crate) fn of(files: &[(&str, &[u8])]) -> Self {
        let mut native = Self::new();
        for (name, bytes) in files {
            native.read(name, bytes);
        }
        native.confirm();
        native
    }

    /// Reads a file; it waits to be confirmed.
    pub(crate) fn read(&mut self, name: &str, bytes: &[u8]) -> PendingFile {
        let size_bytes = bytes.len() as u64;
        let meta = FileMeta { name: name.to_owned(), size_bytes, modified_millis: 0 };
        let pending = self.session.begin_reading(meta, None);
        self.feed(pending, bytes);
        for sheet in self.session.further_sheets(pending) {
            let further = self.session.begin_sheet(pending, &sheet).expect("a sheet");
            self.feed(further, bytes);
        }
        self.session.pending().into_iter().find(|file| file.pending == pending).expect("pending")
    }

    fn feed(&mut self, pending: u32, bytes: &[u8]) {
        self.session.feed(pending, bytes);
        self.session.finish_reading(pending);
    }

    pub(crate) fn confirm(&mut self) {
        let answer = self.session.handle(&Request::ConfirmPending, 0).response;
        assert!(matches!(answer, Response::Confirmed { .. }), "{answer:?}");
    }

    /// All figures of home.
    pub(crate) fn home(&mut self, sight: &Sight) -> Vec<Shown> {
        let answer = self.session.handle(&Request::Home(sight.request()), 0).response;
        let Response::Home(home) = answer else { panic!("{answer:?}") };
        let mut figures = tiles(&home, &sight.scope());
        figures.extend(cards(&home, &sight.scope()));
        figures.extend(home.channels.iter().flat_map(|row| channel(row, &home, sight)));
        figures
    }

    /// All KPIs of `linkstar kpis --by total --from … --to …`.
    pub(crate) fn kpis(&mut self, period: (&str, &str)) -> Vec<Shown> {
        let day = |text| Day::parse(text).expect("a day");
        let period = Some(Period::between(day(period.0), day(period.1)));
        let request = TableRequest { by: TableBy::Total, kpis: Vec::new(), period };
        let table = self.session.table(&request).expect("a table");
        let shown = |row: &linkstar_kpi::worker::views::TableRow| Shown {
            kpi: row.kpi.clone(),
            scope: "all".to_owned(),
            period: row.period.to_string(),
            value: row.value.value.clone().unwrap_or_default(),
        };
        table.rows.iter().map(shown).collect()
    }
}

/// What confirming the file would do.
#[track_caller]
pub(crate) fn effect(file: &PendingFile) -> Effect {
    match &file.reading {
        Reading::Ready(understood) => understood.effect.clone(),
        other => panic!("{} is not ready: {other:?}", file.name),
    }
}

fn tiles(home: &HomeView, scope: &str) -> Vec<Shown> {
    let figures = home
        .tiles
        .iter()
        .flat_map(|tile| tile.figures.iter().map(move |figure| (figure, tile.period)));
    figures.map(|(figure, period)| shown(figure, scope, period)).collect()
}

fn cards(home: &HomeView, scope: &str) -> Vec<Shown> {
    home.cards.iter().map(|card| shown(&card.figure, scope, home.period)).collect()
}

fn channel(row: &ChannelRow, home: &HomeView, sight: &Sight) -> Vec<Shown> {
    let scope =
        if row.channel.is_empty() { sight.scope() } else { format!("channel={}", row.channel) };
    row.figures.iter().map(|figure| shown(figure, &scope, home.period)).collect()
}

fn shown(figure: &linkstar_kpi::worker::protocol::Figure, scope: &str, period: Period) -> Shown {
    Shown {
        kpi: figure.kpi.clone(),
        scope: scope.to_owned(),
        period: period.to_string(),
        value: figure.value.value.clone().unwrap_or_default(),
    }
}
