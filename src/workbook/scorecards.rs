//! The scorecards of a workbook.

use std::collections::BTreeMap;

use crate::domain::{
    CardSignature, Charge, Day, Fixed, Period, Scorecard, ScorecardChange, SkuVerdict,
};

/// All scorecards by their ids.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ScorecardBook {
    cards: BTreeMap<String, KeptCard>,
    /// How much each part of the score of SKUs counts; `None` while nobody said.
    pub sku_weights: Option<[Fixed; 5]>,
    /// What is to become of SKUs, by their names, and since when.
    pub verdicts: BTreeMap<String, (SkuVerdict, Day)>,
    /// Who answers for channels and campaigns.
    pub charges: BTreeMap<Charge, String>,
}

/// A scorecard with what people stood for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeptCard {
    pub card: Scorecard,
    /// 1 for the first; grows with every change of the card.
    pub version: u32,
    /// `None`: it is a draft, or was changed since.
    pub published: Option<Published>,
    pub signed: BTreeMap<Period, Signed>,
    /// Somebody's word that this version is no trial any more.
    pub decision: Option<DecidedBy>,
}

/// That a version of a card is the one that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    pub by: String,
    pub on: Day,
    /// Why, although it is out of balance; empty where it is not.
    pub reason: String,
}

/// A cycle that somebody stood for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    pub signature: CardSignature,
    pub on: Day,
    /// The version of the card that was signed.
    pub version: u32,
}

/// Who decided, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidedBy {
    pub by: String,
    pub on: Day,
}

impl ScorecardBook {
    pub fn card(&self, id: &str) -> Option<&KeptCard> {
        self.cards.get(id)
    }

    /// In the order of their ids.
    pub fn cards(&self) -> impl Iterator<Item = &KeptCard> {
        self.cards.values()
    }

    /// Makes a change on a day; what is of a card that is not there changes nothing.
    pub fn change(&mut self, change: &ScorecardChange, today: Day) {
        match change {
            ScorecardChange::Save { card } => self.save(card),
            ScorecardChange::Remove { id, .. } => {
                self.cards.remove(id);
            }
            ScorecardChange::Publish { id, by, reason } => {
                let (by, reason) = (by.clone(), reason.clone());
                self.edit(id, |kept| kept.published = Some(Published { by, on: today, reason }));
            }
            ScorecardChange::Sign { id, period, signature } => self.edit(id, |kept| {
                let (signature, version) = (signature.clone(), kept.version);
                kept.signed.insert(*period, Signed { signature, on: today, version });
            }),
            ScorecardChange::Withdraw { id, period } => self.edit(id, |kept| {
                kept.signed.remove(period);
                // It was made on the strength of that signature.
                kept.decision = None;
            }),
            ScorecardChange::WeighSkus { weights } => self.sku_weights = Some(*weights),
            ScorecardChange::DecideOnSku { verdict } => {
                self.verdicts.insert(verdict.sku.clone(), ((**verdict).clone(), today));
            }
            ScorecardChange::ForgetSku { sku } => {
                self.verdicts.remove(sku);
            }
            ScorecardChange::PutInCharge { charge, owner } if owner.is_empty() => {
                self.charges.remove(charge);
            }
            ScorecardChange::PutInCharge { charge, owner } => {
                self.charges.insert(charge.clone(), owner.clone());
            }
            ScorecardChange::Decide { id, by } => {
                let by = by.clone();
                self.edit(id, |kept| kept.decision = Some(DecidedBy { by, on: today }));
            }
        }
    }

    /// What changes nothing is no new version.
    pub(super) fn save(&mut self, card: &Scorecard) {
        let kept = self.cards.entry(card.id.clone()).or_default();
        if kept.card != *card {
            kept.card = card.clone();
            kept.version += 1;
            (kept.published, kept.decision) = (None, None);
        }
    }

    fn edit(&mut self, id: &str, edit: impl FnOnce(&mut KeptCard)) {
        if let Some(kept) = self.cards.get_mut(id) {
            edit(kept);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{CardCycle, CardLine};

    fn day() -> Day {
        Day::parse("2026-11-01").unwrap()
    }

    fn card(weight: i64) -> Box<Scorecard> {
        let weight = Fixed::from_whole(weight);
        let line = CardLine { kpi: "sales.net".to_owned(), weight, is_gate: false };
        Box::new(Scorecard { id: "all".to_owned(), lines: vec![line], ..Scorecard::default() })
    }

    fn october() -> Period {
        CardCycle::Month.around(Day::parse("2026-10-01").unwrap())
    }

    fn sign(by: &str) -> ScorecardChange {
        let signature = CardSignature { by: by.to_owned(), score: None, gap: None };
        ScorecardChange::Sign { id: "all".to_owned(), period: october(), signature }
    }

    #[test]
    fn a_changed_card_has_to_be_published_and_decided_again() {
        let mut book = ScorecardBook::default();
        let (id, by) = (|| "all".to_owned(), || "Li".to_owned());
        book.change(&ScorecardChange::Save { card: card(100) }, day());
        book.change(&ScorecardChange::Publish { id: id(), by: by(), reason: String::new() }, day());
        book.change(&sign("Wang"), day());
        book.change(&ScorecardChange::Decide { id: id(), by: by() }, day());
        // The same once more is no change.
        book.change(&ScorecardChange::Save { card: card(100) }, day());
        let kept = book.card("all").unwrap();
        assert_eq!(kept.version, 1);
        assert!(kept.published.is_some() && kept.decision.is_some());
        book.change(&ScorecardChange::Save { card: card(90) }, day());
        let kept = book.card("all").unwrap();
        assert_eq!((kept.version, &kept.published, &kept.decision), (2, &None, &None));
        // What was signed stays: it was of the version before.
        assert_eq!(kept.signed[&october()].version, 1);
    }

    #[test]
    fn a_channel_has_one_owner_or_none() {
        let mut book = ScorecardBook::default();
        let charge = Charge { channel: "amazon".to_owned(), campaign: String::new() };
        let put = |owner: &str| ScorecardChange::PutInCharge {
            charge: charge.clone(),
            owner: owner.to_owned(),
        };
        book.change(&put("Li"), day());
        book.change(&put("Wang"), day());
        assert_eq!(book.charges, BTreeMap::from([(charge.clone(), "Wang".to_owned())]));
        book.change(&put(""), day());
        assert_eq!(book, ScorecardBook::default());
    }

    #[test]
    fn without_its_signature_a_decision_does_not_hold() {
        let mut book = ScorecardBook::default();
        book.change(&ScorecardChange::Save { card: card(100) }, day());
        book.change(&sign("Wang"), day());
        book.change(&ScorecardChange::Decide { id: "all".to_owned(), by: "Li".to_owned() }, day());
        book.change(&ScorecardChange::Withdraw { id: "all".to_owned(), period: october() }, day());
        let kept = book.card("all").unwrap();
        assert!(kept.signed.is_empty() && kept.decision.is_none());
        // Of no card nothing can be signed.
        book.change(&ScorecardChange::Remove { id: "all".to_owned(), name: String::new() }, day());
        book.change(&sign("Wang"), day());
        assert_eq!(book, ScorecardBook::default());
    }
}
