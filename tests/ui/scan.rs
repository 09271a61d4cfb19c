//! The scan with the vectors that only WebAssembly has, against one byte after the other.

use linkstar_kpi::ingest::projection::{ProjectedRows, Projection};
use wasm_bindgen_test::wasm_bindgen_test;

/// Fast and the same in every run (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % n
    }

    /// Few marks, many, or any byte but spaces, which cells are stripped of.
    fn text(&mut self) -> Vec<u8> {
        let letters: &[u8] = [&b"abcdefghijklmnopq\t\n"[..], b"a\t\n", b"\t\n\"a,"][self.below(3)];
        let is_any = self.below(3) == 0;
        let length = self.below(400);
        let letter = |random: &mut Self| match u8::try_from(random.below(256)).unwrap() {
            byte if is_any && !byte.is_ascii_whitespace() => byte,
            _ => letters[random.below(letters.len())],
        };
        (0..length).map(|_| letter(self)).collect()
    }
}

/// The first three cells of every row, by the bytes themselves.
fn byte_by_byte(text: &[u8]) -> Vec<[Vec<u8>; 3]> {
    let mut lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
    // What the last line end ends is no row.
    lines.pop_if(|last| last.is_empty());
    let cells = |line: &[u8]| -> Vec<Vec<u8>> {
        line.split(|byte| *byte == b'\t').map(<[u8]>::to_vec).collect()
    };
    let three =
        |cells: Vec<Vec<u8>>| [0, 1, 2].map(|at| cells.get(at).cloned().unwrap_or_default());
    lines.into_iter().map(|line| three(cells(line))).collect()
}

fn by_vectors(text: &[u8], piece: usize) -> Vec<[Vec<u8>; 3]> {
    let mut projection = Projection::new(b'\t', false, &["one", "two", "three"]);
    let mut rows = Vec::new();
    let mut take = |found: ProjectedRows<'_>| {
        let mut columns = [0, 1, 2].map(|column| {
            let mut cells = Vec::new();
            found.each_cell(column, |cell| cells.push(cell.to_vec()));
            cells.into_iter()
        });
        for _ in 0..found.len() {
            rows.push(columns.each_mut().map(|cells| cells.next().unwrap()));
        }
    };
    let file = [b"one\ttwo\tthree\n", text].concat();
    for piece in file.chunks(piece) {
        projection.feed(piece, &mut take);
    }
    projection.finish(&mut take);
    rows
}

#[wasm_bindgen_test]
fn vectors_and_single_bytes_find_the_same_cells() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    for _ in 0..2000 {
        let text = random.text();
        let piece = 1 + random.below(200);
        assert_eq!(by_vectors(&text, piece), byte_by_byte(&text), "{piece}: {text:?}");
    }
}
