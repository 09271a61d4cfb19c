//! `linkstar facts`: what the files say, as CSV.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::Path,
};

use crate::{
    arguments::FactsArguments,
    complain,
    kpis::{session_of, told},
};

/// The text to print and whether all could be read and written; `Err` is a fault of usage.
pub(crate) fn run(arguments: &FactsArguments) -> Result<(String, bool), String> {
    let FactsArguments { books, folder } = arguments;
    let (mut session, is_read) = session_of(books, &[])?;
    if let Err(error) = fs::create_dir_all(folder) {
        complain(&format!("linkstar: {error}: {}", folder.display()));
        return Ok((String::new(), false));
    }
    let mut lists = Lists { folder, writers: BTreeMap::new(), error: None };
    let listed = session.list_facts(&mut |list, row| lists.add(list, row));
    listed.map_err(|failure| told(&failure))?;
    let n_lists = lists.writers.len();
    if let Some(error) = lists.close() {
        complain(&format!("linkstar: {error}: {}", folder.display()));
        return Ok((String::new(), false));
    }
    Ok((format!("{n_lists} files written to {}\n", folder.display()), is_read))
}

/// The files that are written; after the first error nothing more is.
struct Lists<'a> {
    folder: &'a Path,
    writers: BTreeMap<String, csv::Writer<File>>,
    error: Option<csv::Error>,
}

impl Lists<'_> {
    fn add(&mut self, list: &str, row: &[String]) {
        if self.error.is_none() {
            self.error = self.try_add(list, row).err();
        }
    }

    fn try_add(&mut self, list: &str, row: &[String]) -> csv::Result<()> {
        if !self.writers.contains_key(list) {
            let writer = csv::Writer::from_path(self.folder.join(format!("{list}.csv")))?;
            self.writers.insert(list.to_owned(), writer);
        }
        self.writers.get_mut(list).map_or(Ok(()), |writer| writer.write_record(row))
    }

    /// Writes what is left; what went wrong first.
    fn close(self) -> Option<csv::Error> {
        let flushed = self.writers.into_values().map(|mut writer| writer.flush().err());
        let flushed: Option<std::io::Error> = flushed.flatten().next();
        self.error.or(flushed.map(csv::Error::from))
    }
}
