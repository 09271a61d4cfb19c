//! What was asked for.

use std::path::PathBuf;

use lexopt::{Arg, Parser, ValueExt};
use linkstar_kpi::{
    domain::{Day, Dimension, Granularity, Period},
    worker::views::TableBy,
};

pub(crate) const USAGE: &str = "\
usage:
  linkstar import FILES… [--recipe FILE.toml]… [--json|--summary]
  linkstar kpis FILES… [--by total|day|week|month|channel|shop|sku|brand|category|owner] [--kpi ID,…]
                       [--from YYYY-MM-DD --to YYYY-MM-DD] [--contract key=value]…
                       [--own FILE]… [--json|--csv]
  linkstar explain KPI FILES… [--channel ID] [--from YYYY-MM-DD --to YYYY-MM-DD]
                       [--contract key=value]… [--own FILE]… [--json]
  linkstar facts FOLDER FILES… [--contract key=value]…
                          write what the files say as CSV, a file for each kind of fact
  linkstar demo FOLDER    write the demo company's export files

  --own FILE              an own KPI: the text by which the page shares it

exit codes: 0 done, 1 nothing could be read, 2 usage";

pub(crate) enum Command {
    Help,
    Import(ImportArguments),
    Kpis(KpisArguments),
    Explain(ExplainArguments),
    Facts(FactsArguments),
    Demo { folder: PathBuf },
}

pub(crate) struct ImportArguments {
    pub(crate) files: Vec<PathBuf>,
    /// Recipes beside the built-in ones.
    pub(crate) recipes: Vec<PathBuf>,
    pub(crate) is_json: bool,
}

pub(crate) struct KpisArguments {
    pub(crate) books: Books,
    pub(crate) by: TableBy,
    pub(crate) kpis: Vec<String>,
    pub(crate) is_csv: bool,
}

pub(crate) struct ExplainArguments {
    pub(crate) books: Books,
    pub(crate) kpi: String,
    /// Empty: all channels.
    pub(crate) channel: String,
}

pub(crate) struct FactsArguments {
    pub(crate) books: Books,
    pub(crate) folder: PathBuf,
}

/// What figures are made of, and of which days.
#[derive(Default)]
pub(crate) struct Books {
    pub(crate) files: Vec<PathBuf>,
    /// Contract id and choice id.
    pub(crate) contracts: Vec<(String, String)>,
    /// Files with KPIs beside the built-in ones.
    pub(crate) own: Vec<PathBuf>,
    pub(crate) period: Option<Period>,
    from: Option<Day>,
    to: Option<Day>,
}

pub(crate) fn parse() -> Result<Command, lexopt::Error> {
    let mut parser = Parser::from_env();
    let Some(first) = parser.next()? else { return Err("what is to be done?".into()) };
    let command = match first {
        Arg::Value(command) => command.string()?,
        Arg::Long("help") | Arg::Short('h') => return Ok(Command::Help),
        other => return Err(other.unexpected()),
    };
    match command.as_str() {
        "import" => import(&mut parser),
        "kpis" => kpis(&mut parser),
        "explain" => explain(&mut parser),
        "demo" => {
            let folder = folder(&mut parser)?;
            Ok(Command::Demo { folder })
        }
        "facts" => facts(&mut parser),
        "help" => Ok(Command::Help),
        other => Err(format!("unknown command {other:?}").into()),
    }
}

fn import(parser: &mut Parser) -> Result<Command, lexopt::Error> {
    let mut arguments = ImportArguments { files: Vec::new(), recipes: Vec::new(), is_json: false };
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("json") => arguments.is_json = true,
            Arg::Long("summary") => arguments.is_json = false,
            Arg::Long("recipe") => arguments.recipes.push(parser.value()?.into()),
            Arg::Value(file) => arguments.files.push(file.into()),
            other => return Err(other.unexpected()),
        }
    }
    some_files(&arguments.files)?;
    Ok(Command::Import(arguments))
}

fn kpis(parser: &mut Parser) -> Result<Command, lexopt::Error> {
    let mut arguments = KpisArguments {
        books: Books::default(),
        by: TableBy::Total,
        kpis: Vec::new(),
        is_csv: false,
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("by") => arguments.by = parser.value()?.parse_with(by)?,
            Arg::Long("kpi") => {
                let ids = parser.value()?.string()?;
                arguments.kpis.extend(ids.split(',').map(|id| id.trim().to_owned()));
            }
            Arg::Long("own") => arguments.books.own.push(parser.value()?.into()),
            Arg::Long("json") => arguments.is_csv = false,
            Arg::Long("csv") => arguments.is_csv = true,
            other => {
                let other = Other::of(other)?;
                arguments.books.take(parser, other)?;
            }
        }
    }
    arguments.books.close()?;
    Ok(Command::Kpis(arguments))
}

fn explain(parser: &mut Parser) -> Result<Command, lexopt::Error> {
    let (mut books, mut kpi, mut channel) = (Books::default(), None, String::new());
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Value(first) if kpi.is_none() => kpi = Some(first.string()?),
            Arg::Long("channel") => channel = parser.value()?.string()?,
            Arg::Long("own") => books.own.push(parser.value()?.into()),
            Arg::Long("json") => (),
            other => {
                let other = Other::of(other)?;
                books.take(parser, other)?;
            }
        }
    }
    books.close()?;
    let kpi = kpi.ok_or("which KPI?")?;
    Ok(Command::Explain(ExplainArguments { books, kpi, channel }))
}

fn facts(parser: &mut Parser) -> Result<Command, lexopt::Error> {
    let folder = folder(parser)?;
    let mut books = Books::default();
    while let Some(argument) = parser.next()? {
        let other = Other::of(argument)?;
        books.take(parser, other)?;
    }
    books.close()?;
    Ok(Command::Facts(FactsArguments { books, folder }))
}

/// A folder to write into; an option is none.
fn folder(parser: &mut Parser) -> Result<PathBuf, lexopt::Error> {
    match parser.next()? {
        Some(Arg::Value(folder)) => Ok(folder.into()),
        Some(other) => Err(other.unexpected()),
        None => Err("into which folder?".into()),
    }
}

/// An argument of `Books`, apart from the parser that it came from.
enum Other {
    File(PathBuf),
    Contract,
    From,
    To,
}

impl Other {
    fn of(argument: Arg<'_>) -> Result<Self, lexopt::Error> {
        Ok(match argument {
            Arg::Long("from") => Self::From,
            Arg::Long("to") => Self::To,
            Arg::Long("contract") => Self::Contract,
            Arg::Value(file) => Self::File(file.into()),
            other => return Err(other.unexpected()),
        })
    }
}

impl Books {
    fn take(&mut self, parser: &mut Parser, argument: Other) -> Result<(), lexopt::Error> {
        match argument {
            Other::From => self.from = Some(parser.value()?.parse_with(day)?),
            Other::To => self.to = Some(parser.value()?.parse_with(day)?),
            Other::Contract => {
                let pair = parser.value()?.string()?;
                let (key, value) = pair.split_once('=').ok_or("--contract wants key=value")?;
                self.contracts.push((key.to_owned(), value.to_owned()));
            }
            Other::File(file) => self.files.push(file),
        }
        Ok(())
    }

    /// Checks what can only be told of all arguments.
    fn close(&mut self) -> Result<(), lexopt::Error> {
        some_files(&self.files)?;
        self.period = match (self.from, self.to) {
            (Some(from), Some(to)) if from <= to => Some(Period { from, to }),
            (Some(_), Some(_)) => return Err("--from is after --to".into()),
            (None, None) => None,
            _ => return Err("--from and --to go together".into()),
        };
        Ok(())
    }
}

fn some_files(files: &[PathBuf]) -> Result<(), lexopt::Error> {
    if files.is_empty() { Err("no files given".into()) } else { Ok(()) }
}

fn by(text: &str) -> Result<TableBy, String> {
    Ok(match text {
        "total" => TableBy::Total,
        "day" => TableBy::Time(Granularity::Day),
        "week" => TableBy::Time(Granularity::Week),
        "month" => TableBy::Time(Granularity::Month),
        other => {
            let dimension =
                Dimension::of_id(other).ok_or_else(|| format!("--by {other:?} is not known"))?;
            TableBy::Dimension(dimension)
        }
    })
}

fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| format!("{text:?} is no day (YYYY-MM-DD)"))
}
