//! What is to be measured.

pub(crate) const USAGE: &str = "usage: ./bench [100k] [1m] [5m] [ours] [--rounds N]";

/// Size of a file: rows, and how often each engine reads it unless told otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) name: &'static str,
    pub(crate) rows: u64,
    n_rounds: usize,
}

const SIZES: [Size; 3] = [
    Size { name: "100k", rows: 100_000, n_rounds: 5 },
    Size { name: "1m", rows: 1_000_000, n_rounds: 5 },
    Size { name: "5m", rows: 5_000_000, n_rounds: 3 },
];

/// The command line, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Arguments {
    pub(crate) sizes: Vec<Size>,
    /// Only the product, the file's reading alone and the engine it is held against.
    pub(crate) is_ours_only: bool,
    n_rounds: Option<usize>,
}

impl Arguments {
    pub(crate) fn from_command_line(given: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut arguments = Self { sizes: Vec::new(), is_ours_only: false, n_rounds: None };
        let mut given = given;
        while let Some(word) = given.next() {
            match word.as_str() {
                "ours" => arguments.is_ours_only = true,
                "--rounds" => arguments.n_rounds = Some(rounds(given.next())?),
                // Added by `cargo bench`.
                "--bench" => {}
                name => arguments.sizes.push(size(name)?),
            }
        }
        if arguments.sizes.is_empty() {
            arguments.sizes = SIZES.to_vec();
        }
        Ok(arguments)
    }

    pub(crate) fn n_rounds(&self, size: Size) -> usize {
        self.n_rounds.unwrap_or(size.n_rounds)
    }
}

fn size(name: &str) -> Result<Size, String> {
    let found = SIZES.into_iter().find(|size| size.name == name);
    found.ok_or_else(|| format!("{name:?} is no size and no option"))
}

fn rounds(given: Option<String>) -> Result<usize, String> {
    let number = given.and_then(|text| text.parse().ok()).filter(|number| *number > 0);
    number.ok_or_else(|| "--rounds needs a number".to_owned())
}
