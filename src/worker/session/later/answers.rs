//! The answers.

use super::Asked;
use crate::{
    catalog::own::OwnRecipe,
    ingest::{Mapping, ReadOptions, own_recipe},
    workbook,
    worker::{
        protocol::{
            CaseRequest, Change, Failure, MappingView, PackedTable, Request, Response, Sealed,
        },
        session::{
            book::Book, case_file, data, own_kpis, pending::PendingFiles, plan, products,
            questionnaire, reconciliation, scorecards,
        },
    },
};

pub(super) fn mapping(
    pending: &PendingFiles,
    (id, draft, own): Asked<'_>,
) -> Result<MappingView, Failure> {
    pending.mapping(id, draft, own)
}

pub(super) fn mapped(mapping: &Mapping, options: &ReadOptions) -> Result<OwnRecipe, Failure> {
    own_recipe(mapping, options)
        .map_err(|error| Failure::InvalidRecipe { detail: error.to_string() })
}

pub(super) fn case(book: &Book, request: &CaseRequest, secret: u64) -> Result<Response, Failure> {
    Ok(Response::Case(Sealed::of(&case_file::case(book, request, secret)?)))
}

pub(super) fn checked(
    book: &Book,
    change: &Change,
    now_millis: i64,
) -> Result<workbook::Change, Failure> {
    let broken = || Failure::Internal { detail: "a change of another version".to_owned() };
    match change {
        Change::Targets(change) => {
            let targets = plan::checked(book, &change.open().ok_or_else(broken)?, now_millis)?;
            Ok(workbook::Change::ChangeTargets { targets })
        }
        Change::Scorecards(change) => {
            let change = change.open().ok_or_else(broken)?;
            let scorecards = scorecards::checked(book, change, now_millis)?;
            Ok(workbook::Change::ChangeScorecards { scorecards })
        }
        Change::AdoptFramework { answers, name } => questionnaire::adopted(book, answers, name),
        _ => Err(broken()),
    }
}

pub(super) fn shown(book: &Book, request: &Request) -> Result<Response, Failure> {
    let unknown = |kpi: &str| Failure::InvalidValue { value: kpi.to_owned() };
    let broken = || Failure::Internal { detail: "a question of another version".to_owned() };
    Ok(match request {
        Request::Kpis(home) => Response::Kpis(Sealed::of(&book.kpis(home))),
        Request::Kpi { kpi, home } => {
            Response::Kpi(Sealed::of(&book.kpi_in_frame(kpi, home).ok_or_else(|| unknown(kpi))?))
        }
        Request::TryFormula(request) => Response::Trial(Sealed::of(&book.trial(request))),
        Request::FormulaWords => {
            Response::FormulaWords(Sealed::of(&own_kpis::words(book.dictionary())))
        }
        Request::References { kpi, home } => {
            let references = book.references(kpi, home).ok_or_else(|| unknown(kpi))?;
            Response::References(Sealed::of(&references))
        }
        Request::Explore(request) if request.rows.excludes(request.columns) => {
            return Err(Failure::InvalidValue { value: format!("{:?}", request.columns) });
        }
        Request::Explore(request) => {
            Response::Explore(Sealed::of(&PackedTable::of(book.explore(request))))
        }
        Request::Facts(request) => Response::Facts(Sealed::of(&book.facts(request)?)),
        Request::ContractEffect { contract, choice, home } => {
            Response::ContractEffect(Sealed::of(&book.contract_effect(contract, choice, home)?))
        }
        Request::Data { today } => Response::Data(Sealed::of(&data::data_view(book, *today))),
        Request::Products => Response::Products(Sealed::of(&products::view(book))),
        Request::Reconciliation => {
            Response::Reconciliation(Sealed::of(&reconciliation::view(book)))
        }
        Request::Plan(request) => {
            let request = request.open().ok_or_else(broken)?;
            Response::Plan(Sealed::of(&plan::answer(book, &request)))
        }
        Request::Scorecards(request) => {
            let request = request.open().ok_or_else(broken)?;
            Response::Scorecards(Sealed::of(&scorecards::answer(book, &request)))
        }
        Request::Questionnaire(answers) => {
            let answers = answers.open().ok_or_else(broken)?;
            Response::Questionnaire(Sealed::of(&questionnaire::view(book, answers.as_ref())))
        }
        _ => return Err(Failure::Internal { detail: "no request of figures".to_owned() }),
    })
}
