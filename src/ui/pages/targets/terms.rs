//! What holds for the targets of the chosen rows in all their periods.

use leptos::{ev::SubmitEvent, html, prelude::*};

use crate::{
    domain::{Day, Fixed, TargetChange, TargetKey, TargetKind, TargetSource, TargetTerms},
    ui::{
        components::{ChoiceField, FailureNotice, FieldKind, TextField, typed_value},
        format,
        hooks::use_dialog,
        i18n::{I18n, fill, t, t_string, use_i18n},
        state::use_workbook,
    },
    worker::protocol::{Change, PlanRow, Sealed, UnitView},
};

fn kind_name(i18n: I18n, kind: TargetKind) -> &'static str {
    match kind {
        TargetKind::Ladder => t_string!(i18n, targets.kind_ladder),
        TargetKind::Floor => t_string!(i18n, targets.kind_floor),
        TargetKind::Ceiling => t_string!(i18n, targets.kind_ceiling),
        TargetKind::Band => t_string!(i18n, targets.kind_band),
        TargetKind::ReachBy => t_string!(i18n, targets.kind_reach_by),
        TargetKind::Cumulative => t_string!(i18n, targets.kind_cumulative),
        TargetKind::PolicyLine => t_string!(i18n, targets.kind_policy_line),
    }
}

fn source_name(i18n: I18n, source: TargetSource) -> &'static str {
    match source {
        TargetSource::History => t_string!(i18n, targets.source_history),
        TargetSource::Plan => t_string!(i18n, targets.source_plan),
        TargetSource::Reference => t_string!(i18n, targets.source_reference),
    }
}

/// The fields as texts.
#[derive(Clone, Copy)]
struct Fields {
    kind: RwSignal<String>,
    tolerance: RwSignal<String>,
    owner: RwSignal<String>,
    reviewer: RwSignal<String>,
    source: RwSignal<String>,
    reason: RwSignal<String>,
    reach_by: RwSignal<String>,
    valid_from: RwSignal<String>,
    valid_to: RwSignal<String>,
    is_trial: RwSignal<bool>,
}

impl Fields {
    fn new() -> Self {
        let text = || RwSignal::new(String::new());
        Self {
            kind: text(),
            tolerance: text(),
            owner: text(),
            reviewer: text(),
            source: text(),
            reason: text(),
            reach_by: text(),
            valid_from: text(),
            valid_to: text(),
            is_trial: RwSignal::new(false),
        }
    }

    fn show(self, terms: &TargetTerms) {
        let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
        self.kind.set(terms.kind.id().to_owned());
        self.tolerance.set(format::exact_percent(&terms.tolerance.to_string()));
        self.owner.set(terms.owner.clone());
        self.reviewer.set(terms.reviewer.clone());
        self.source.set(terms.source.id().to_owned());
        self.reason.set(terms.reason.clone());
        self.reach_by.set(day(terms.reach_by));
        self.valid_from.set(day(terms.valid_from));
        self.valid_to.set(day(terms.valid_to));
        self.is_trial.set(terms.is_trial);
    }

    /// `None` where the tolerance is no share.
    fn read(self) -> Option<TargetTerms> {
        let (kind, source) = (self.kind.get_untracked(), self.source.get_untracked());
        let tolerance = typed_value(&self.tolerance.get_untracked(), UnitView::Share)?;
        let day = |text: RwSignal<String>| Day::parse(&text.get_untracked());
        Some(TargetTerms {
            kind: TargetKind::ALL.into_iter().find(|it| it.id() == kind)?,
            tolerance: Fixed::parse(&tolerance)?,
            owner: self.owner.get_untracked(),
            reviewer: self.reviewer.get_untracked(),
            source: TargetSource::ALL.into_iter().find(|it| it.id() == source)?,
            reason: self.reason.get_untracked(),
            reach_by: day(self.reach_by),
            valid_from: day(self.valid_from),
            valid_to: day(self.valid_to),
            is_trial: self.is_trial.get_untracked(),
        })
    }
}

/// Open while the terms are looked at.
#[component]
pub(super) fn TermsDialog(
    /// The rows they are of; `None` while they are not looked at.
    rows: RwSignal<Option<Vec<PlanRow>>>,
) -> impl IntoView {
    let (i18n, workbook) = (use_i18n(), use_workbook());
    let dialog = NodeRef::<html::Dialog>::new();
    use_dialog(dialog, Signal::derive(move || rows.with(Option::is_some)));
    let close = move || rows.set(None);
    let fields = Fields::new();
    let has_problem = RwSignal::new(false);
    let of = Memo::new(move |_| {
        let rows = rows.get()?;
        fields.show(&rows.first()?.terms);
        has_problem.set(false);
        Some(rows.into_iter().map(|row| row.key).collect::<Vec<TargetKey>>())
    });
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let terms = fields.read();
        has_problem.set(terms.is_none());
        let Some((keys, terms)) = of.get_untracked().zip(terms) else { return };
        let change = TargetChange::Terms { keys, terms: Box::new(terms) };
        workbook.change_then(Change::Targets(Sealed::of(&change)), close);
    };
    let n_rows = move || of.with(|of| of.as_ref().map_or(0, Vec::len));
    view! {
        <dialog class="dialog" node_ref=dialog aria-labelledby="terms" on:close=move |_| close()>
            <form class="stack" data-gap="small" on:submit=save>
                <h2 id="terms">{t!(i18n, targets.terms_title)}</h2>
                <p class="muted">{move || fill!(i18n, targets.terms_note, count = n_rows())}</p>
                <FailureNotice failure=workbook.failure/>
                <TermsFields fields has_problem/>
                <div class="dialog__foot row">
                    <button type="submit" class="button" data-kind="primary" disabled=move || !workbook.is_writable()>
                        {t!(i18n, targets.save)}
                    </button>
                    <button type="button" class="button" on:click=move |_| close()>
                        {t!(i18n, targets.cancel)}
                    </button>
                </div>
            </form>
        </dialog>
    }
    .into_any()
}

#[component]
fn TermsFields(
    /// The texts.
    fields: Fields,
    /// The tolerance is no share.
    has_problem: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let kinds = move || {
        let kind = |kind: TargetKind| (kind.id().to_owned(), kind_name(i18n, kind).to_owned());
        TargetKind::ALL.map(kind).to_vec()
    };
    let sources = move || {
        let source = |it: TargetSource| (it.id().to_owned(), source_name(i18n, it).to_owned());
        TargetSource::ALL.map(source).to_vec()
    };
    let is_reach_by = move || fields.kind.with(|kind| kind == TargetKind::ReachBy.id());
    let text = move |text: fn(I18n) -> &'static str| Signal::derive(move || text(i18n).to_owned());
    view! {
        <ChoiceField
            label=text(|i18n| t_string!(i18n, targets.kind))
            value=fields.kind
            field="kind"
            choices=Signal::derive(kinds)
        />
        <Show when=is_reach_by>
            <TextField
                label=text(|i18n| t_string!(i18n, targets.reach_by))
                value=fields.reach_by
                kind=FieldKind::Day
                field="reach-by"
            />
        </Show>
        <TextField
            label=text(|i18n| t_string!(i18n, targets.tolerance))
            value=fields.tolerance
            kind=FieldKind::Amount
            field="tolerance"
            described_by=Signal::derive(move || has_problem.get().then_some("terms-problem"))
        />
        <p class="field__problem" id="terms-problem" role="alert">
            {move || has_problem.get().then(|| t_string!(i18n, targets.tolerance_problem))}
        </p>
        <div class="row">
            <TextField label=text(|i18n| t_string!(i18n, targets.owner)) value=fields.owner field="owner"/>
            <TextField label=text(|i18n| t_string!(i18n, targets.reviewer)) value=fields.reviewer field="reviewer"/>
        </div>
        <ChoiceField
            label=text(|i18n| t_string!(i18n, targets.source))
            value=fields.source
            field="source"
            choices=Signal::derive(sources)
        />
        <TextField label=text(|i18n| t_string!(i18n, targets.reason)) value=fields.reason field="terms-reason"/>
        <div class="row">
            <TextField
                label=text(|i18n| t_string!(i18n, targets.valid_from))
                value=fields.valid_from
                kind=FieldKind::Day
                field="valid-from"
            />
            <TextField
                label=text(|i18n| t_string!(i18n, targets.valid_to))
                value=fields.valid_to
                kind=FieldKind::Day
                field="valid-to"
            />
        </div>
        <label class="menu__check">
            <input
                type="checkbox"
                data-field="trial"
                prop:checked=fields.is_trial
                on:change=move |event| fields.is_trial.set(event_target_checked(&event))
            />
            <span>{t!(i18n, targets.trial)}</span>
        </label>
    }
    .into_any()
}
