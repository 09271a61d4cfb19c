//! The formula language.
//!
//! ```text
//! sum     = product { ("+" | "-") product }
//! product = factor { ("*" | "/") factor }
//! factor  = ( "-" factor | number | name [ "?" ] | "whole" "(" sum ")" | "share" "(" sum ")"
//!         | ( "lag" | "window" ) "(" sum "," number ")" | "cohort" "(" name [ "?" ] [ "," number ] ")"
//!         | "count_distinct" "(" part "," name [ "?" ] ")"
//!         | "points" "(" sum "," bound "," bound ")" | "(" sum ")" ) [ filter ]
//! bound   = [ "-" ] number
//! filter  = "[" part "=" ( name | text ) "]"
//! part    = "channel" | "shop" | "brand" | "category" | "owner" | "sku"
//! name    = word { "." word }
//! text    = '"' { any letter but '"' } '"'
//! ```
//!
//! `name?` stands for 0 when no export states it. `whole(x)` is `x` for the whole business, `share(x)` is
//! `x / whole(x)`. `lag(x, 364)` is `x` of the period of as many days that begins 364 days earlier,
//! `window(x, 90)` is `x` of the 90 days up to the period's end. `x[channel = amazon]` is `x` of that channel
//! alone, `x[brand = "Kestro Kitchen"]` that of a brand. `cohort(m)` is what the measure `m` becomes of the
//! orders of the period, whenever it does, `count_distinct(sku, m)` the number of SKUs with any of it.
//! `points(x, 0, 30)` is 0 where `x` is 0 or less, 100 where it is 30 or more, and in a straight line between;
//! `points(x, 30, 0)` goes the other way. It is rounded to 8 places.

mod parser;

use std::fmt;

use thiserror::Error;

use crate::domain::Dimension;

/// A formula read. `N` is what stands for a name: [`Name`] as written, or what it was resolved to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression<N> {
    /// `units` × 10 to the power of −`places`.
    Number {
        units: i64,
        places: u32,
    },
    Name(N),
    /// For the whole business instead of the chosen channels and shops.
    Whole(Box<Self>),
    /// For a period of the same length, so many days earlier.
    Lag {
        inner: Box<Self>,
        days: u32,
    },
    /// For so many days up to the period's end.
    Window {
        inner: Box<Self>,
        days: u32,
    },
    /// As a score: 0 at `none` and beyond, 100 at `full` and beyond.
    Points {
        inner: Box<Self>,
        none: Bound,
        full: Bound,
    },
    /// For one member of a dimension alone.
    Filtered {
        inner: Box<Self>,
        filter: Filter,
    },
    Negated(Box<Self>),
    Binary {
        operator: Operator,
        left: Box<Self>,
        right: Box<Self>,
    },
}

/// `units` × 10 to the power of −`places`, where a score begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    pub units: i64,
    pub places: u32,
}

/// A measure or a KPI as it stands in a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    pub id: String,
    pub form: Form,
    /// Written `id?`: 0 when no export states it.
    pub is_optional: bool,
    /// Where it stands: the 1-based character of the formula.
    pub at: usize,
}

/// What of a measure is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// Its sum; a KPI has no other form.
    #[default]
    Plain,
    /// What it becomes of the orders of the period: whenever it does, or within so many days.
    Cohort { within_days: Option<u32> },
    /// How many members of a dimension have any of it.
    CountDistinct(Dimension),
}

/// One member of a dimension, by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    pub dimension: Dimension,
    pub member: String,
}

/// What a name in a formula is meant for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reach {
    /// The whole business instead of the chosen channels and shops.
    pub is_whole: bool,
    /// Days before the period.
    pub days_before: u32,
    /// Days up to the period's end, in the place of those of the period.
    pub window: Option<u32>,
    /// The outermost first.
    pub filters: Vec<Filter>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    Plus,
    Minus,
    Times,
    DividedBy,
}

/// Why a text is no formula; `at` is the 1-based character.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FormulaError {
    /// `found` is empty at the end of the formula.
    #[error("at {at}: expected {expected}, found {found:?}")]
    Unexpected { at: usize, expected: Expected, found: String },
    #[error("at {at}: the number has too many digits")]
    NumberTooLong { at: usize },
    /// Parentheses, signs and filters inside each other, or a share of a share.
    #[error("at {at}: nested too deeply")]
    TooDeep { at: usize },
    #[error("the formula is too long")]
    TooLong,
}

/// What a formula could have gone on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// A number, a name or `(`.
    Operand,
    /// An operator or the end.
    Operator,
    ClosingParenthesis,
    Comma,
    /// The name of one.
    Measure,
    /// A whole number of days, ten years at most.
    Days,
    /// A number that may be below 0, the second one another than the first.
    Bound,
    /// `channel`, `shop`, `brand` or `sku`.
    Dimension,
    Equals,
    /// A name, or a text in quotes.
    Member,
    ClosingBracket,
    /// `"` at the end of a text.
    Quote,
}

impl Expected {
    /// The stable name used by the page.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Operand => "operand",
            Self::Operator => "operator",
            Self::ClosingParenthesis => "closing_parenthesis",
            Self::Comma => "comma",
            Self::Measure => "measure",
            Self::Days => "days",
            Self::Bound => "bound",
            Self::Dimension => "dimension",
            Self::Equals => "equals",
            Self::Member => "member",
            Self::ClosingBracket => "closing_bracket",
            Self::Quote => "quote",
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Operand => "a number, a name or '('",
            Self::Operator => "an operator or the end",
            Self::ClosingParenthesis => "')'",
            Self::Comma => "','",
            Self::Measure => "a measure",
            Self::Days => "a whole number of days",
            Self::Bound => "a number, and not the same one twice",
            Self::Dimension => "channel, shop, sku, brand, category or owner",
            Self::Equals => "'='",
            Self::Member => "a name or a text in quotes",
            Self::ClosingBracket => "']'",
            Self::Quote => "a closing quote",
        })
    }
}

impl Expression<Name> {
    /// Reads a formula.
    pub fn parse(text: &str) -> Result<Self, FormulaError> {
        parser::parse(text)
    }
}

impl<N> Expression<N> {
    /// The same formula with every name replaced.
    pub fn try_map<M, E>(
        &self,
        replace: &mut impl FnMut(&N) -> Result<M, E>,
    ) -> Result<Expression<M>, E> {
        Ok(match self {
            Self::Number { units, places } => Expression::Number { units: *units, places: *places },
            Self::Name(name) => Expression::Name(replace(name)?),
            Self::Whole(inner) => Expression::Whole(Box::new(inner.try_map(replace)?)),
            Self::Lag { inner, days } => {
                Expression::Lag { inner: Box::new(inner.try_map(replace)?), days: *days }
            }
            Self::Window { inner, days } => {
                Expression::Window { inner: Box::new(inner.try_map(replace)?), days: *days }
            }
            Self::Points { inner, none, full } => Expression::Points {
                inner: Box::new(inner.try_map(replace)?),
                none: *none,
                full: *full,
            },
            Self::Filtered { inner, filter } => Expression::Filtered {
                inner: Box::new(inner.try_map(replace)?),
                filter: filter.clone(),
            },
            Self::Negated(inner) => Expression::Negated(Box::new(inner.try_map(replace)?)),
            Self::Binary { operator, left, right } => Expression::Binary {
                operator: *operator,
                left: Box::new(left.try_map(replace)?),
                right: Box::new(right.try_map(replace)?),
            },
        })
    }

    /// Every name in reading order, as often as it stands there, and what it is meant for.
    pub fn names(&self) -> Vec<(&N, Reach)> {
        fn collect<'a, N>(
            expression: &'a Expression<N>,
            reach: Reach,
            names: &mut Vec<(&'a N, Reach)>,
        ) {
            match expression {
                Expression::Number { .. } => (),
                Expression::Name(name) => names.push((name, reach)),
                Expression::Whole(inner) => {
                    // The whole is that of all channels and shops, of the same products.
                    let mut reach = Reach { is_whole: true, ..reach };
                    reach.filters.retain(Filter::is_of_products);
                    collect(inner, reach, names);
                }
                Expression::Lag { inner, days } => {
                    let days_before = reach.days_before.saturating_add(*days);
                    collect(inner, Reach { days_before, ..reach }, names);
                }
                Expression::Window { inner, days } => {
                    collect(inner, Reach { window: Some(*days), ..reach }, names);
                }
                Expression::Filtered { inner, filter } => {
                    let mut reach = reach;
                    reach.filters.push(filter.clone());
                    collect(inner, reach, names);
                }
                Expression::Negated(inner) | Expression::Points { inner, .. } => {
                    collect(inner, reach, names);
                }
                Expression::Binary { left, right, .. } => {
                    collect(left, reach.clone(), names);
                    collect(right, reach, names);
                }
            }
        }
        let mut names = Vec::new();
        collect(self, Reach::default(), &mut names);
        names
    }

    fn binds_tighter_than(&self, operator: Operator) -> bool {
        match self {
            Self::Binary { operator: own, .. } => own.rank() > operator.rank(),
            _ => true,
        }
    }
}

impl Operator {
    const fn rank(self) -> u8 {
        match self {
            Self::Plus | Self::Minus => 0,
            Self::Times | Self::DividedBy => 1,
        }
    }

    const fn symbol(self) -> char {
        match self {
            Self::Plus => '+',
            Self::Minus => '-',
            Self::Times => '*',
            Self::DividedBy => '/',
        }
    }
}

/// The formula as it would be written, with no more parentheses than needed.
impl<N: fmt::Display> fmt::Display for Expression<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |f: &mut fmt::Formatter<'_>, part: &Self, is_bare: bool| {
            if is_bare { write!(f, "{part}") } else { write!(f, "({part})") }
        };
        match self {
            Self::Number { units, places } => {
                write!(f, "{}", Bound { units: *units, places: *places })
            }
            Self::Name(name) => write!(f, "{name}"),
            Self::Whole(inner) => write!(f, "whole({inner})"),
            Self::Lag { inner, days } => write!(f, "lag({inner}, {days})"),
            Self::Window { inner, days } => write!(f, "window({inner}, {days})"),
            Self::Points { inner, none, full } => write!(f, "points({inner}, {none}, {full})"),
            Self::Filtered { inner, filter } => {
                let is_bare = !matches!(**inner, Self::Binary { .. } | Self::Negated(_));
                part(f, inner, is_bare)?;
                write!(f, "[{filter}]")
            }
            Self::Negated(inner) => {
                f.write_str("-")?;
                part(f, inner, !matches!(**inner, Self::Binary { .. }))
            }
            Self::Binary { operator, left, right } => {
                let is_as_tight = match **left {
                    Self::Binary { operator: own, .. } => own.rank() >= operator.rank(),
                    _ => true,
                };
                part(f, left, is_as_tight)?;
                write!(f, " {} ", operator.symbol())?;
                part(f, right, right.binds_tighter_than(*operator))
            }
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (places, sign) = (self.places as usize, if self.units < 0 { "-" } else { "" });
        let digits = format!("{:0width$}", self.units.unsigned_abs(), width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{fraction}")
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.is_optional { "?" } else { "" };
        let name = format_args!("{}{mark}", self.id);
        match self.form {
            Form::Plain => write!(f, "{name}"),
            Form::Cohort { within_days: None } => write!(f, "cohort({name})"),
            Form::Cohort { within_days: Some(days) } => write!(f, "cohort({name}, {days})"),
            Form::CountDistinct(dimension) => write!(f, "{}", counted(dimension, name)),
        }
    }
}

/// The count of members with any of a measure as it is written.
pub(super) fn counted(dimension: Dimension, measure: impl fmt::Display) -> String {
    format!("count_distinct({}, {measure})", dimension.id())
}

impl Filter {
    /// Whether it names a product or a group of them, which are the same in all channels and shops.
    pub const fn is_of_products(&self) -> bool {
        self.dimension.is_of_products()
    }
}

/// `channel = "amazon"`.
impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = \"{}\"", self.dimension.id(), self.member)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(Expression::parse(text).unwrap().to_string(), expected);
    }

    #[track_caller]
    fn check_error(text: &str, expected: &str) {
        assert_eq!(Expression::parse(text).unwrap_err().to_string(), expected);
    }

    #[test]
    fn binds_products_before_sums_and_from_the_left() {
        check("a+b*c", "a + b * c");
        check("(a+b)*c", "(a + b) * c");
        check("a-(b-c)", "a - (b - c)");
        check("(a-b)-c", "a - b - c");
        check("a/(b*c)", "a / (b * c)");
        check("a/b*c", "a / b * c");
        let Expression::Binary { operator, left, .. } = Expression::parse("a / b * c").unwrap()
        else {
            panic!("a product");
        };
        assert_eq!((operator, left.to_string().as_str()), (Operator::Times, "a / b"));
    }

    #[test]
    fn knows_signs_numbers_options_and_the_whole() {
        check("-a + -(b - 1)", "-a + -(b - 1)");
        check("0.05*x2_y", "0.05 * x2_y");
        check("12.50", "12.50");
        check("sales.net - refunds?", "sales.net - refunds?");
        check("whole(sales.net/2)", "whole(sales.net / 2)");
        check("whole / 2", "whole / 2");
        check("gmv-lag( gmv+tax,364 )", "gmv - lag(gmv + tax, 364)");
        check("lag / 2", "lag / 2");
        check("window(gmv,90)/window", "window(gmv, 90) / window");
        check("share(a + b)", "(a + b) / whole(a + b)");
        check("1 - share(a)", "1 - a / whole(a)");
        check("2 / share(a)", "2 / (a / whole(a))");
    }

    #[test]
    fn filters_bind_tightest() {
        check("a[channel=amazon]/b", "a[channel = \"amazon\"] / b");
        check("-a[sku = \"LS-1 \"]", "-a[sku = \"LS-1 \"]");
        check("(a+b)[brand = x][shop = \"S\"]", "(a + b)[brand = \"x\"][shop = \"S\"]");
        check("whole(a)[channel = tiktok]", "whole(a)[channel = \"tiktok\"]");
        check("a?[channel = tiktok]", "a?[channel = \"tiktok\"]");
    }

    #[test]
    fn measures_have_forms() {
        check("count_distinct( sku,units )/2", "count_distinct(sku, units) / 2");
        check(
            "count_distinct(brand, refunds?)[shop = a]",
            "count_distinct(brand, refunds?)[shop = \"a\"]",
        );
        check("cohort(a)/cohort(b?,30)", "cohort(a) / cohort(b?, 30)");
        check("cohort / count_distinct", "cohort / count_distinct");
        check_error("cohort(a + b)", "at 10: expected ')', found \"+\"");
        check_error("cohort(a, x)", "at 11: expected a whole number of days, found \"x\"");
        check_error("cohort(1)", "at 8: expected a measure, found \"1\"");
        check_error(
            "count_distinct(units)",
            "at 16: expected channel, shop, sku, brand, category or owner, found \"units\"",
        );
        check_error("count_distinct(sku)", "at 19: expected ',', found \")\"");
        check_error("count_distinct(sku, ", "at 21: expected a measure, found \"\"");
    }

    #[test]
    fn says_where_a_formula_breaks_off() {
        check_error("", "at 1: expected a number, a name or '(', found \"\"");
        check_error("a + ", "at 5: expected a number, a name or '(', found \"\"");
        check_error("a b", "at 3: expected an operator or the end, found \"b\"");
        check_error("(a + b", "at 7: expected ')', found \"\"");
        check_error("lag(a)", "at 6: expected ',', found \")\"");
        check_error("lag(a, 1.5)", "at 8: expected a whole number of days, found \"1.5\"");
        check_error("lag(a, 0)", "at 8: expected a whole number of days, found \"0\"");
        check_error("lag(a, b)", "at 8: expected a whole number of days, found \"b\"");
        check_error("window(a)", "at 9: expected ',', found \")\"");
        check_error(
            "a[",
            "at 3: expected channel, shop, sku, brand, category or owner, found \"\"",
        );
        check_error(
            "a[day = 1]",
            "at 3: expected channel, shop, sku, brand, category or owner, found \"day\"",
        );
        check_error("a[sku 1]", "at 7: expected '=', found \"1\"");
        check_error("a[sku = 1]", "at 9: expected a name or a text in quotes, found \"1\"");
        check_error("a[sku = b", "at 10: expected ']', found \"\"");
        check_error("a[sku = \"b]", "at 12: expected a closing quote, found \"\"");
        check_error("\"a\"", "at 1: expected a number, a name or '(', found \"\\\"a\\\"\"");
        check_error("a, b", "at 2: expected an operator or the end, found \",\"");
        check_error("a ÷ b", "at 3: expected a number, a name or '(', found \"÷\"");
        check_error("销 + 1", "at 1: expected a number, a name or '(', found \"销\"");
        check_error("1.2.3", "at 1: expected a number, a name or '(', found \"1.2.3\"");
        check_error("a + b..c", "at 5: expected a number, a name or '(', found \"b..c\"");
        check_error("99999999999999999999", "at 1: the number has too many digits");
        check_error(&"(".repeat(100), "at 65: nested too deeply");
        check_error(&"-".repeat(100), "at 65: nested too deeply");
        check_error(&format!("a{}", "[sku = b]".repeat(100)), "at 570: nested too deeply");
        check_error("share(a + share(b))", "at 11: nested too deeply");
        check_error(&"a+".repeat(1_001), "the formula is too long");
    }

    #[test]
    fn lists_names_in_reading_order() {
        let formula =
            Expression::parse("a / whole(b? + lag(a, 7)) + window(c[sku = d], 30)").unwrap();
        let reach = |name: &Name, reach: Reach| {
            let filters: Vec<String> = reach.filters.iter().map(Filter::to_string).collect();
            format!(
                "{name} {} {} {:?} {}",
                reach.is_whole,
                reach.days_before,
                reach.window,
                filters.join(" ")
            )
        };
        let names: Vec<String> =
            formula.names().into_iter().map(|(name, of)| reach(name, of)).collect();
        let expected = [
            "a false 0 None ",
            "b? true 0 None ",
            "a true 7 None ",
            "c false 0 Some(30) sku = \"d\"",
        ];
        assert_eq!(names, expected);
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in ".{0,60}") {
            Expression::parse(&text).ok();
        }

        #[test]
        fn what_is_written_reads_the_same(text in "[abc0-9+*/().? -]{1,16}(\\[sku = a\\])?") {
            if let Ok(formula) = Expression::parse(&text) {
                let written = formula.to_string();
                proptest::prop_assert_eq!(Expression::parse(&written).unwrap().to_string(), written);
            }
        }
    }
}
