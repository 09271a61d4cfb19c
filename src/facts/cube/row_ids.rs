//! The places and SKUs of a segment's facts.

use hashbrown::{HashMap, HashSet};

use super::{Place, build::Builder};
use crate::facts::{Segment, Table, segment::TextColumn};

/// Finds them one after the other; each combination of texts is looked up once.
pub(super) struct RowIds<'a> {
    segment: &'a Segment,
    source: usize,
    channels: Option<&'a TextColumn>,
    shops: Option<&'a TextColumn>,
    currencies: Option<&'a TextColumn>,
    skus: Option<&'a TextColumn>,
    asins: Option<&'a TextColumn>,
    places: HashMap<(u32, u32, u32), u32>,
    last_place: Option<((u32, u32, u32), u32)>,
    /// By the id of the SKU's text: the ASIN that came with it first, and the SKU's id.
    usual: Vec<Option<(u32, u32)>>,
    /// Further pairs of SKU and ASIN.
    others: HashMap<(u32, u32), u32>,
    described: HashSet<u32>,
}

impl<'a> RowIds<'a> {
    pub(super) fn new(segment: &'a Segment, source: usize) -> Self {
        let skus = segment.text_column("sku");
        Self {
            segment,
            source,
            channels: segment.text_column("channel"),
            shops: segment.text_column("shop"),
            currencies: segment.text_column("currency"),
            skus,
            asins: segment.text_column("asin"),
            places: HashMap::new(),
            last_place: None,
            usual: vec![None; skus.map_or(0, |column| column.index.len())],
            others: HashMap::new(),
            described: HashSet::new(),
        }
    }

    /// Position in `Cube::places` and id of the SKU, 0 for none.
    pub(super) fn of(&mut self, row: usize, builder: &mut Builder) -> (u32, u32) {
        (self.place(row, builder), self.sku(row, builder))
    }

    fn place(&mut self, row: usize, builder: &mut Builder) -> u32 {
        let texts = (id(self.channels, row), id(self.shops, row), id(self.currencies, row));
        if let Some((last, place)) = self.last_place
            && last == texts
        {
            return place;
        }
        let place = self.other_place(texts, row, builder);
        self.last_place = Some((texts, place));
        place
    }

    #[cold]
    #[inline(never)]
    fn other_place(&mut self, texts: (u32, u32, u32), row: usize, builder: &mut Builder) -> u32 {
        let (segment, source) = (self.segment, self.source);
        *self.places.entry(texts).or_insert_with(|| {
            builder.place(Place {
                channel: segment.text("channel", row).to_owned(),
                shop: segment.text("shop", row).to_owned(),
                currency: segment.text("currency", row).to_owned(),
                source,
            })
        })
    }

    fn sku(&mut self, row: usize, builder: &mut Builder) -> u32 {
        let (sku, asin) = (id(self.skus, row), id(self.asins, row));
        let usual = self.usual.get(sku as usize).copied().flatten();
        if let Some((usual_asin, known)) = usual
            && usual_asin == asin
        {
            return known;
        }
        self.other_sku(sku, asin, row, builder)
    }

    #[cold]
    #[inline(never)]
    fn other_sku(&mut self, sku: u32, asin: u32, row: usize, builder: &mut Builder) -> u32 {
        if let Some(known) = self.others.get(&(sku, asin)) {
            return *known;
        }
        let segment = self.segment;
        let is_order = segment.table() == Table::OrderLines;
        let known = builder.sku(segment.text("sku", row), segment.text("asin", row), is_order);
        match self.usual.get_mut(sku as usize) {
            Some(place @ None) => *place = Some((asin, known)),
            _ => {
                self.others.insert((sku, asin), known);
            }
        }
        if known != 0 && self.described.insert(known) {
            builder.describe(known, segment, row);
        }
        known
    }
}

fn id(column: Option<&TextColumn>, row: usize) -> u32 {
    column.and_then(|column| column.ids.get(row).copied()).unwrap_or(u32::MAX)
}
