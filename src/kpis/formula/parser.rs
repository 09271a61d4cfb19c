//! Formulas as they are written become expressions.

use super::{Bound, Expected, Expression, Filter, Form, FormulaError, Name, Operator};
use crate::domain::Dimension;

/// Formulas nested deeper than this are refused, so that reading one never runs out of stack.
const MAX_DEPTH: u32 = 64;
/// Longer texts are no formula that a person could read.
const MAX_LETTERS: usize = 2_000;
/// Days that a formula looks back at most.
const MAX_LAG_DAYS: u32 = 3_660;

/// Reads a formula; see the grammar at the head of `formula`.
pub(super) fn parse(text: &str) -> Result<Expression<Name>, FormulaError> {
    if text.chars().count() > MAX_LETTERS {
        return Err(FormulaError::TooLong);
    }
    let mut parser = Parser { tokens: tokens(text)?, next: 0, depth: 0, is_in_share: false };
    let expression = parser.sum()?;
    match parser.peek() {
        Token::End => Ok(expression),
        _ => Err(parser.unexpected(Expected::Operator)),
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Number { units: i64, places: u32 },
    Name(String),
    Text(String),
    Symbol(char),
    End,
}

/// Tokens with the 1-based character at which each starts; the last is `End`.
fn tokens(text: &str) -> Result<Vec<(Token, usize)>, FormulaError> {
    let letters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut rest = letters.as_slice();
    while let Some(first) = rest.first().copied() {
        let at = letters.len() - rest.len() + 1;
        let length = match first {
            _ if first.is_whitespace() => 1,
            '0'..='9' => {
                let digits: String = rest.iter().take_while(|c| is_of_number(**c)).collect();
                tokens.push((number(&digits, at)?, at));
                digits.len()
            }
            'a'..='z' | '_' => {
                let name: String = rest.iter().take_while(|c| is_of_name(**c)).collect();
                let length = name.len();
                tokens.push((self::name(name, at)?, at));
                length
            }
            '"' => {
                let text: String = rest.iter().skip(1).take_while(|c| **c != '"').collect();
                let length = text.chars().count() + 2;
                if rest.len() < length {
                    return Err(unexpected(letters.len() + 1, Expected::Quote, String::new()));
                }
                tokens.push((Token::Text(text), at));
                length
            }
            '+' | '-' | '*' | '/' | '(' | ')' | '?' | ',' | '[' | ']' | '=' => {
                tokens.push((Token::Symbol(first), at));
                1
            }
            _ => return Err(unexpected(at, Expected::Operand, first.to_string())),
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    tokens.push((Token::End, letters.len() + 1));
    Ok(tokens)
}

const fn is_of_number(letter: char) -> bool {
    letter.is_ascii_digit() || letter == '.'
}

const fn is_of_name(letter: char) -> bool {
    letter.is_ascii_lowercase() || letter.is_ascii_digit() || matches!(letter, '_' | '.')
}

fn number(digits: &str, at: usize) -> Result<Token, FormulaError> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if fraction.contains('.') || digits.ends_with('.') {
        return Err(unexpected(at, Expected::Operand, digits.to_owned()));
    }
    let too_long = FormulaError::NumberTooLong { at };
    let places = u32::try_from(fraction.len()).unwrap_or(u32::MAX);
    // More places than a result keeps cannot be meant.
    if places > 8 {
        return Err(too_long);
    }
    match format!("{whole}{fraction}").parse() {
        Ok(units) => Ok(Token::Number { units, places }),
        Err(_) => Err(too_long),
    }
}

fn name(name: String, at: usize) -> Result<Token, FormulaError> {
    let is_word = |word: &str| word.starts_with(|c: char| c.is_ascii_lowercase() || c == '_');
    if name.split('.').all(is_word) {
        Ok(Token::Name(name))
    } else {
        Err(unexpected(at, Expected::Operand, name))
    }
}

fn unexpected(at: usize, expected: Expected, found: String) -> FormulaError {
    FormulaError::Unexpected { at, expected, found }
}

/// Recursive descent, one function per rule of the grammar.
struct Parser {
    tokens: Vec<(Token, usize)>,
    next: usize,
    depth: u32,
    /// Its inside is written twice: one in another would be written four times.
    is_in_share: bool,
}

impl Parser {
    fn peek(&self) -> &Token {
        self.tokens.get(self.next).map_or(&Token::End, |(token, _)| token)
    }

    fn at(&self) -> usize {
        self.tokens.get(self.next).map_or(1, |(_, at)| *at)
    }

    fn takes(&mut self, symbol: char) -> bool {
        let is_there = *self.peek() == Token::Symbol(symbol);
        self.next += usize::from(is_there);
        is_there
    }

    fn unexpected(&self, expected: Expected) -> FormulaError {
        let found = match self.peek() {
            Token::Number { units, places } => {
                Expression::<Name>::Number { units: *units, places: *places }.to_string()
            }
            Token::Name(name) => name.clone(),
            Token::Text(text) => format!("\"{text}\""),
            Token::Symbol(symbol) => symbol.to_string(),
            Token::End => String::new(),
        };
        unexpected(self.at(), expected, found)
    }

    fn sum(&mut self) -> Result<Expression<Name>, FormulaError> {
        let mut left = self.product()?;
        loop {
            let operator = match self.peek() {
                Token::Symbol('+') => Operator::Plus,
                Token::Symbol('-') => Operator::Minus,
                _ => return Ok(left),
            };
            self.next += 1;
            let right = Box::new(self.product()?);
            left = Expression::Binary { operator, left: Box::new(left), right };
        }
    }

    fn product(&mut self) -> Result<Expression<Name>, FormulaError> {
        let mut left = self.factor()?;
        loop {
            let operator = match self.peek() {
                Token::Symbol('*') => Operator::Times,
                Token::Symbol('/') => Operator::DividedBy,
                _ => return Ok(left),
            };
            self.next += 1;
            let right = Box::new(self.factor()?);
            left = Expression::Binary { operator, left: Box::new(left), right };
        }
    }

    fn factor(&mut self) -> Result<Expression<Name>, FormulaError> {
        if self.depth >= MAX_DEPTH {
            return Err(FormulaError::TooDeep { at: self.at() });
        }
        self.depth += 1;
        let factor = self.filtered_factor();
        self.depth -= 1;
        factor
    }

    /// Filters bind tightest of all.
    fn filtered_factor(&mut self) -> Result<Expression<Name>, FormulaError> {
        let mut factor = self.factor_at_depth()?;
        let mut n_filters = 0;
        while self.takes('[') {
            n_filters += 1;
            if self.depth + n_filters > MAX_DEPTH {
                return Err(FormulaError::TooDeep { at: self.at() });
            }
            let filter = self.filter()?;
            factor = Expression::Filtered { inner: Box::new(factor), filter };
        }
        Ok(factor)
    }

    /// Behind the bracket: `channel = amazon]`.
    fn filter(&mut self) -> Result<Filter, FormulaError> {
        let dimension = self.dimension()?;
        if !self.takes('=') {
            return Err(self.unexpected(Expected::Equals));
        }
        let (Token::Name(member) | Token::Text(member)) = self.peek().clone() else {
            return Err(self.unexpected(Expected::Member));
        };
        self.next += 1;
        if self.takes(']') {
            Ok(Filter { dimension, member })
        } else {
            Err(self.unexpected(Expected::ClosingBracket))
        }
    }

    fn dimension(&mut self) -> Result<Dimension, FormulaError> {
        let Token::Name(word) = self.peek() else {
            return Err(self.unexpected(Expected::Dimension));
        };
        let dimension = Dimension::of_id(word);
        let dimension = dimension.ok_or_else(|| self.unexpected(Expected::Dimension))?;
        self.next += 1;
        Ok(dimension)
    }

    fn factor_at_depth(&mut self) -> Result<Expression<Name>, FormulaError> {
        let at = self.at();
        match self.peek().clone() {
            Token::Number { units, places } => {
                self.next += 1;
                Ok(Expression::Number { units, places })
            }
            Token::Symbol('-') => {
                self.next += 1;
                Ok(Expression::Negated(Box::new(self.factor()?)))
            }
            Token::Symbol('(') => self.in_parentheses(),
            Token::Name(id) => {
                self.next += 1;
                if *self.peek() == Token::Symbol('(')
                    && let Some(called) = self.called(&id, at)?
                {
                    return Ok(called);
                }
                let is_optional = self.takes('?');
                Ok(Expression::Name(Name { id, form: Form::Plain, is_optional, at }))
            }
            Token::Text(_) | Token::Symbol(_) | Token::End => {
                Err(self.unexpected(Expected::Operand))
            }
        }
    }

    /// Behind a word of the language, at its parenthesis; `None` for another word.
    fn called(&mut self, word: &str, at: usize) -> Result<Option<Expression<Name>>, FormulaError> {
        Ok(Some(match word {
            "whole" => Expression::Whole(Box::new(self.in_parentheses()?)),
            "share" => {
                if std::mem::replace(&mut self.is_in_share, true) {
                    return Err(FormulaError::TooDeep { at });
                }
                let inner = self.in_parentheses()?;
                self.is_in_share = false;
                let whole = Box::new(Expression::Whole(Box::new(inner.clone())));
                let (operator, left) = (Operator::DividedBy, Box::new(inner));
                Expression::Binary { operator, left, right: whole }
            }
            "lag" => {
                let (inner, days) = self.with_days()?;
                Expression::Lag { inner, days }
            }
            "window" => {
                let (inner, days) = self.with_days()?;
                Expression::Window { inner, days }
            }
            "points" => {
                self.next += 1;
                let inner = Box::new(self.sum()?);
                self.comma()?;
                let none = self.bound(None)?;
                self.comma()?;
                let full = self.bound(Some(none))?;
                self.closing()?;
                Expression::Points { inner, none, full }
            }
            "cohort" => {
                self.next += 1;
                let name = self.measure()?;
                let within_days = if self.takes(',') { Some(self.days()?) } else { None };
                self.closing()?;
                Expression::Name(Name { form: Form::Cohort { within_days }, ..name })
            }
            "count_distinct" => {
                self.next += 1;
                let dimension = self.dimension()?;
                self.comma()?;
                let name = self.measure()?;
                self.closing()?;
                Expression::Name(Name { form: Form::CountDistinct(dimension), ..name })
            }
            _ => return Ok(None),
        }))
    }

    /// A number that is not `other`.
    fn bound(&mut self, other: Option<Bound>) -> Result<Bound, FormulaError> {
        let at = self.next;
        let is_below_0 = self.takes('-');
        if let Token::Number { units, places } = *self.peek() {
            let bound = Bound { units: if is_below_0 { -units } else { units }, places };
            // `0.10` is `0.1`.
            let is_same = |other: Bound| {
                let scaled = |it: Bound| i128::from(it.units) * 10_i128.pow(8 - it.places.min(8));
                scaled(other) == scaled(bound)
            };
            if !other.is_some_and(is_same) {
                self.next += 1;
                return Ok(bound);
            }
        }
        self.next = at;
        Err(self.unexpected(Expected::Bound))
    }

    fn measure(&mut self) -> Result<Name, FormulaError> {
        let at = self.at();
        let Token::Name(id) = self.peek().clone() else {
            return Err(self.unexpected(Expected::Measure));
        };
        self.next += 1;
        let is_optional = self.takes('?');
        Ok(Name { id, form: Form::Plain, is_optional, at })
    }

    fn comma(&mut self) -> Result<(), FormulaError> {
        if self.takes(',') { Ok(()) } else { Err(self.unexpected(Expected::Comma)) }
    }

    fn closing(&mut self) -> Result<(), FormulaError> {
        if self.takes(')') { Ok(()) } else { Err(self.unexpected(Expected::ClosingParenthesis)) }
    }

    /// Behind the word: `(x, days)`.
    fn with_days(&mut self) -> Result<(Box<Expression<Name>>, u32), FormulaError> {
        self.next += 1;
        let inner = Box::new(self.sum()?);
        self.comma()?;
        let days = self.days()?;
        self.closing()?;
        Ok((inner, days))
    }

    fn days(&mut self) -> Result<u32, FormulaError> {
        let days = match self.peek() {
            Token::Number { units, places: 0 } => u32::try_from(*units).ok(),
            _ => None,
        };
        let days = days.filter(|days| (1..=MAX_LAG_DAYS).contains(days));
        let days = days.ok_or_else(|| self.unexpected(Expected::Days))?;
        self.next += 1;
        Ok(days)
    }

    fn in_parentheses(&mut self) -> Result<Expression<Name>, FormulaError> {
        self.next += 1;
        let inner = self.sum()?;
        self.closing()?;
        Ok(inner)
    }
}
