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
  linkstar kpis FILES… [--by total|day|week|month|channel|shop|sku|brand] [--kpi ID,…]
                       [--from YYYY-MM-DD --to YYYY-MM-DD] [--contract key=value]… [--json|--csv]
  linkstar demo FOLDER    write the demo company's export files

exit codes: 0 done, 1 nothing could be read, 2 usage";

pub(crate) enum Command {
    Help,
    Import(ImportArguments),
    Kpis(KpisArguments),
    Demo { folder: PathBuf },
}

pub(crate) struct ImportArguments {
    pub(crate) files: Vec<PathBuf>,
    /// Recipes beside the built-in ones.
    pub(crate) recipes: Vec<PathBuf>,
    pub(crate) is_json: bool,
}

pub(crate) struct KpisArguments {
    pub(crate) files: Vec<PathBuf>,
    pub(crate) by: TableBy,
    pub(crate) kpis: Vec<String>,
    pub(crate) period: Option<Period>,
    /// Contract id and choice id.
    pub(crate) contracts: Vec<(String, String)>,
    pub(crate) is_csv: bool,
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
        "demo" => {
            let folder = parser.value()?.into();
            Ok(Command::Demo { folder })
        }
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
        files: Vec::new(),
        by: TableBy::Total,
        kpis: Vec::new(),
        period: None,
        contracts: Vec::new(),
        is_csv: false,
    };
    let (mut from, mut to) = (None, None);
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("by") => arguments.by = parser.value()?.parse_with(by)?,
            Arg::Long("kpi") => {
                let ids = parser.value()?.string()?;
                arguments.kpis.extend(ids.split(',').map(|id| id.trim().to_owned()));
            }
            Arg::Long("from") => from = Some(parser.value()?.parse_with(day)?),
            Arg::Long("to") => to = Some(parser.value()?.parse_with(day)?),
            Arg::Long("contract") => {
                let pair = parser.value()?.string()?;
                let (key, value) = pair.split_once('=').ok_or("--contract wants key=value")?;
                arguments.contracts.push((key.to_owned(), value.to_owned()));
            }
            Arg::Long("json") => arguments.is_csv = false,
            Arg::Long("csv") => arguments.is_csv = true,
            Arg::Value(file) => arguments.files.push(file.into()),
            other => return Err(other.unexpected()),
        }
    }
    some_files(&arguments.files)?;
    arguments.period = match (from, to) {
        (Some(from), Some(to)) if from <= to => Some(Period { from, to }),
        (Some(_), Some(_)) => return Err("--from is after --to".into()),
        (None, None) => None,
        _ => return Err("--from and --to go together".into()),
    };
    Ok(Command::Kpis(arguments))
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
        "channel" => TableBy::Dimension(Dimension::Channel),
        "shop" => TableBy::Dimension(Dimension::Shop),
        "sku" => TableBy::Dimension(Dimension::Sku),
        "brand" => TableBy::Dimension(Dimension::Brand),
        other => return Err(format!("--by {other:?} is not known")),
    })
}

fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| format!("{text:?} is no day (YYYY-MM-DD)"))
}
