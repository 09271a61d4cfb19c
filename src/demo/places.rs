//! Where buyers live and what they are called: real cities, people who obviously do not exist.

use super::arithmetic::{at, item};
use super::rng::Rng;

/// A city with its state's sales tax.
pub(super) struct Place {
    pub(super) city: &'static str,
    pub(super) county: &'static str,
    pub(super) state: &'static str,
    pub(super) state_name: &'static str,
    pub(super) postal_code: &'static str,
    /// Sales tax in hundredths of a per cent.
    pub(super) tax_rate: i64,
}

/// A place, each as often as it has buyers.
pub(super) fn random_place(rng: &mut Rng) -> usize {
    /// Running sums of the share of buyers, in the order of `PLACES`.
    const UPTO: [i64; 24] = [
        110, 170, 215, 290, 355, 405, 450, 515, 570, 610, 650, 690, 725, 755, 785, 812, 838, 862,
        884, 906, 928, 952, 976, 1_000,
    ];
    rng.weighted(&UPTO)
}

/// The place with this number.
pub(super) fn place(index: usize) -> &'static Place {
    item(&PLACES, index)
}

/// First and last name of buyer number `buyer`: real first names, last names that say what they
/// are.
pub(super) fn buyer_name(buyer: i64) -> (&'static str, &'static str) {
    const FIRST_NAMES: [&str; 24] = [
        "Ada", "Ben", "Cora", "Dev", "Elle", "Finn", "Gia", "Hugo", "Ines", "Jude", "Kira", "Leo",
        "Mina", "Noel", "Opal", "Pia", "Quinn", "Remy", "Sana", "Theo", "Uma", "Vera", "Wes",
        "Yuki",
    ];
    const LAST_NAMES: [&str; 10] = [
        "Example",
        "Sample",
        "Placeholder",
        "Fictional",
        "Specimen",
        "Invented",
        "Madeup",
        "Pretend",
        "Mockley",
        "Testerson",
    ];
    (at(&FIRST_NAMES, buyer % 24), at(&LAST_NAMES, buyer / 24 % 10))
}

const fn new(names: [&'static str; 5], tax_rate: i64) -> Place {
    let [city, county, state, state_name, postal_code] = names;
    Place { city, county, state, state_name, postal_code, tax_rate }
}

const PLACES: [Place; 24] = [
    new(["Los Angeles", "Los Angeles", "CA", "California", "90012"], 950),
    new(["San Diego", "San Diego", "CA", "California", "92101"], 775),
    new(["San Jose", "Santa Clara", "CA", "California", "95113"], 938),
    new(["Houston", "Harris", "TX", "Texas", "77002"], 825),
    new(["Dallas", "Dallas", "TX", "Texas", "75201"], 825),
    new(["Miami", "Miami-Dade", "FL", "Florida", "33130"], 700),
    new(["Orlando", "Orange", "FL", "Florida", "32801"], 650),
    new(["Brooklyn", "Kings", "NY", "New York", "11201"], 888),
    new(["Chicago", "Cook", "IL", "Illinois", "60602"], 1_025),
    new(["Philadelphia", "Philadelphia", "PA", "Pennsylvania", "19107"], 800),
    new(["Columbus", "Franklin", "OH", "Ohio", "43215"], 750),
    new(["Atlanta", "Fulton", "GA", "Georgia", "30303"], 890),
    new(["Charlotte", "Mecklenburg", "NC", "North Carolina", "28202"], 725),
    new(["Detroit", "Wayne", "MI", "Michigan", "48226"], 600),
    new(["Newark", "Essex", "NJ", "New Jersey", "07102"], 663),
    new(["Richmond", "Richmond", "VA", "Virginia", "23219"], 600),
    new(["Seattle", "King", "WA", "Washington", "98104"], 1_035),
    new(["Phoenix", "Maricopa", "AZ", "Arizona", "85003"], 860),
    new(["Boston", "Suffolk", "MA", "Massachusetts", "02108"], 625),
    new(["Nashville", "Davidson", "TN", "Tennessee", "37219"], 975),
    new(["Denver", "Denver", "CO", "Colorado", "80202"], 881),
    new(["Minneapolis", "Hennepin", "MN", "Minnesota", "55401"], 903),
    new(["Portland", "Multnomah", "OR", "Oregon", "97204"], 0),
    new(["Salt Lake City", "Salt Lake", "UT", "Utah", "84111"], 775),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_drawn() {
        let mut rng = Rng::stream(9);
        let mut seen = [0; 24];
        for _ in 0..10_000 {
            seen[random_place(&mut rng)] += 1;
        }
        assert!(seen.iter().all(|count| *count > 100), "{seen:?}");
    }
}
