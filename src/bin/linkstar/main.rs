//! The command line tool: the engine of the page without a page.

mod arguments;
mod explain;
mod facts;
mod files;
mod import;
mod kpis;
mod own;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use arguments::{Command, USAGE};

fn main() -> ExitCode {
    match arguments::parse() {
        Ok(Command::Help) => finish(&(USAGE.to_owned() + "\n"), true),
        Ok(Command::Import(arguments)) => match import::run(&arguments) {
            Ok((text, is_read)) => finish(&text, is_read),
            Err(message) => usage(&message),
        },
        Ok(Command::Kpis(arguments)) => match kpis::run(&arguments) {
            Ok((text, is_read)) => finish(&text, is_read),
            Err(message) => usage(&message),
        },
        Ok(Command::Explain(arguments)) => match explain::run(&arguments) {
            Ok((text, is_read)) => finish(&text, is_read),
            Err(message) => usage(&message),
        },
        Ok(Command::Facts(arguments)) => match facts::run(&arguments) {
            Ok((text, is_read)) => finish(&text, is_read),
            Err(message) => usage(&message),
        },
        Ok(Command::Demo { folder }) => match files::write_demo(&folder) {
            Ok(text) => finish(&text, true),
            Err(error) => {
                complain(&format!("linkstar: {error}: {}", folder.display()));
                ExitCode::from(1)
            }
        },
        Err(error) => usage(&error.to_string()),
    }
}

/// Prints the result; 0 when something could be read, else 1.
fn finish(text: &str, is_read: bool) -> ExitCode {
    // A reader that closes the pipe early has what it wants.
    io::stdout().write_all(text.as_bytes()).ok();
    if is_read { ExitCode::SUCCESS } else { ExitCode::from(1) }
}

fn usage(message: &str) -> ExitCode {
    complain(&format!("linkstar: {message}\n\n{USAGE}"));
    ExitCode::from(2)
}

/// Tells the person something beside the result.
fn complain(message: &str) {
    // Nothing can be told when there is no error output.
    writeln!(io::stderr(), "{message}").ok();
}
