//! Numbers that were typed and are not saved yet. They stay while other pages are looked at.

use std::{collections::BTreeMap, sync::LazyLock};

use leptos::prelude::*;

use crate::domain::{Fixed, Period, TargetBlock, TargetKey, TargetLevel};

/// What was typed, by place; `None`: no number any more.
pub(super) type Typed = BTreeMap<(TargetLevel, TargetKey, Period), Option<Fixed>>;

/// The workbook that the numbers are of, and the numbers.
static DRAFTS: LazyLock<ArcRwSignal<(String, Typed)>> = LazyLock::new(ArcRwSignal::default);

/// A handle of them.
#[derive(Clone, Copy)]
pub(super) struct Drafts(RwSignal<(String, Typed)>);

impl Drafts {
    /// Those of a workbook; what is of another one is forgotten.
    pub(super) fn of(workbook: &str) -> Self {
        let drafts = Self(RwSignal::from(DRAFTS.clone()));
        if drafts.0.with_untracked(|(of, _)| of != workbook) {
            drafts.0.set((workbook.to_owned(), Typed::new()));
        }
        drafts
    }

    /// As the engine takes them: a block for each level and key.
    pub(super) fn blocks(self) -> Vec<TargetBlock> {
        self.0.with(|(_, typed)| blocks(typed))
    }

    pub(super) fn is_empty(self) -> bool {
        self.0.with(|(_, typed)| typed.is_empty())
    }

    pub(super) fn set(
        self,
        numbers: impl IntoIterator<Item = (TargetLevel, TargetKey, Period, Option<Fixed>)>,
    ) {
        self.0.update(|(_, typed)| {
            for (level, key, period, number) in numbers {
                typed.insert((level, key, period), number);
            }
        });
    }

    pub(super) fn take_over(self, blocks: &[TargetBlock]) {
        let cells = blocks.iter().flat_map(|block| {
            block.cells().map(|(key, period, number)| (block.level, key.clone(), period, number))
        });
        self.set(cells);
    }

    pub(super) fn clear(self) {
        self.0.update(|(_, typed)| typed.clear());
    }
}

fn blocks(typed: &Typed) -> Vec<TargetBlock> {
    let mut blocks: Vec<TargetBlock> = Vec::new();
    for ((level, key, period), number) in typed {
        match blocks.last_mut() {
            Some(last) if last.level == *level && last.keys.first() == Some(key) => {
                last.periods.push(*period);
                last.numbers.push(*number);
            }
            _ => blocks.push(TargetBlock::of_one(*level, key.clone(), *period, *number)),
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Day, TargetScope};

    #[test]
    fn numbers_of_a_level_and_key_are_one_block() {
        let day = |text| Day::parse(text).unwrap();
        let on = |text| Period { from: day(text), to: day(text) };
        let key = |kpi: &str| TargetKey { kpi: kpi.to_owned(), scope: TargetScope::default() };
        let one = Some(Fixed::from_whole(1));
        let typed = Typed::from([
            ((TargetLevel::Commit, key("a"), on("2026-01-01")), one),
            ((TargetLevel::Commit, key("a"), on("2026-01-02")), None),
            ((TargetLevel::Commit, key("b"), on("2026-01-01")), one),
            ((TargetLevel::Stretch, key("b"), on("2026-01-01")), one),
        ]);
        let blocks = blocks(&typed);
        assert_eq!(blocks.len(), 3);
        assert_eq!(blocks[0].numbers, [one, None]);
        let n_cells: usize = blocks.iter().map(|block| block.cells().count()).sum();
        assert_eq!(n_cells, 4);
    }
}
