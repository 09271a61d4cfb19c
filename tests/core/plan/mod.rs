//! What is to be reached, how it is judged, and what may come.

mod forecast;
mod questionnaire;
mod scorecards;
mod skus;
mod targets;
mod what_if;
