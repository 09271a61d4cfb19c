//! Saying what happened on a day or on several.

use leptos::{ev::SubmitEvent, prelude::*};

use super::channel_field::ChannelField;
use crate::{
    domain::{Annotation, Day, Period},
    ui::{
        components::{ChoiceField, FieldKind, SubmitField, TextField},
        hooks::{focus_on, use_each},
        i18n::{I18n, fill, label, t, t_string, use_i18n},
        state::{use_announcer, use_workbook},
    },
    worker::protocol::{Change, Member},
};

/// Where the focus goes when a note is to be changed, and when it is to stay as it was.
pub(super) const FORM_ID: &str = "note-form";

/// What is being typed.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    /// The note that is being changed; `None`: a new one.
    number: RwSignal<Option<u64>>,
    from: RwSignal<String>,
    /// The day that was put into `from` for a new note.
    offered: StoredValue<String>,
    /// May be empty.
    to: RwSignal<String>,
    text: RwSignal<String>,
    /// Id of the one KPI that it is about; empty: all.
    kpi: RwSignal<String>,
    /// Empty: all.
    channel: RwSignal<String>,
}

impl Draft {
    pub(super) fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            number: RwSignal::new(None),
            from: empty(),
            offered: StoredValue::new(String::new()),
            to: empty(),
            text: empty(),
            kpi: empty(),
            channel: empty(),
        }
    }

    /// Takes over what was said, to be changed.
    pub(super) fn edit(self, number: u64, said: &Annotation) {
        let Period { from, to } = said.days;
        self.number.set(Some(number));
        self.from.set(from.to_string());
        self.to.set(if from == to { String::new() } else { to.to_string() });
        self.text.set(said.text.clone());
        self.kpi.set(said.kpi.clone());
        self.channel.set(said.channel.clone());
    }

    /// What is typed becomes a new note when the one that was to be changed is gone.
    pub(super) fn forget(self, number: u64) {
        if self.number.get_untracked() == Some(number) {
            self.number.set(None);
        }
    }

    /// Offers a day for a new note. A day that somebody chose is not taken back, and a note that is
    /// being changed keeps its own.
    fn offer(self, day: Day) {
        let is_new = self.number.get_untracked().is_none();
        if is_new && *self.from.read_untracked() == self.offered.get_value() {
            self.offer_anew(day);
        }
    }

    fn offer_anew(self, day: Day) {
        self.offered.set_value(day.to_string());
        self.from.set(day.to_string());
    }

    /// After a note was kept. The days and what they are about stay: the next note is often of the
    /// same.
    fn clear(self) {
        self.number.set(None);
        self.text.set(String::new());
    }

    /// Nothing of the note that was to be changed stays: a new one, of the day offered, of all KPIs
    /// and all channels.
    fn leave(self, last: Option<Day>) {
        self.clear();
        match last {
            Some(day) => self.offer_anew(day),
            None => self.from.set(self.offered.get_value()),
        }
        for field in [self.to, self.kpi, self.channel] {
            field.set(String::new());
        }
    }

    fn annotation(self) -> Result<Annotation, Flaw> {
        let days = (&*self.from.read_untracked(), &*self.to.read_untracked());
        let days = days_of(days.0, days.1).ok_or(Flaw::Day)?;
        let text = text_of(&self.text.read_untracked())?;
        let (kpi, channel) = (self.kpi.get_untracked(), self.channel.get_untracked());
        Ok(Annotation { days, kpi, channel, text })
    }
}

/// Why what was typed is no note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flaw {
    Day,
    NoText,
    /// So many letters.
    TooLong(usize),
}

/// One day when nothing is typed as the last one; in whichever order they are typed.
fn days_of(from: &str, to: &str) -> Option<Period> {
    let from = Day::parse(from)?;
    let to = if to.is_empty() { from } else { Day::parse(to)? };
    Some(Period::between(from, to))
}

fn text_of(text: &str) -> Result<String, Flaw> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Flaw::NoText),
        count if count > Annotation::MOST_LETTERS => Err(Flaw::TooLong(count)),
        _ => Ok(text.to_owned()),
    }
}

fn flaw_text(i18n: I18n, flaw: Flaw) -> String {
    match flaw {
        Flaw::Day => t_string!(i18n, kpi.note_problem_day).to_owned(),
        Flaw::NoText => t_string!(i18n, kpi.note_problem_text).to_owned(),
        Flaw::TooLong(count) => {
            let most = Annotation::MOST_LETTERS;
            fill!(i18n, kpi.note_problem_long, most = most, count = count)
        }
    }
}

const PROBLEM_ID: &str = "note-problem";

/// Days, text, and what it is about. What was typed stays until the note is kept.
#[component]
pub(super) fn AnnotationForm(
    /// The KPI that it can be about alone.
    kpi: String,
    /// What is being typed.
    draft: Draft,
    /// Channels with data.
    channels: Signal<Vec<Member>>,
    /// The last day shown, which is offered.
    last: Memo<Option<Day>>,
) -> impl IntoView {
    let (i18n, workbook, announcer) = (use_i18n(), use_workbook(), use_announcer());
    let flaw = RwSignal::new(None::<Flaw>);
    use_each(last, move |day| {
        if let Some(day) = day {
            draft.offer(day);
        }
    });
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = draft.annotation();
        flaw.set(typed.as_ref().err().copied());
        let Ok(annotation) = typed else { return };
        let replaces = draft.number.get_untracked();
        workbook.change_then(Change::Annotate { replaces, annotation }, move || {
            draft.clear();
            announcer.say(t_string!(i18n, kpi.note_saved).to_owned());
        });
    };
    let is_change = Signal::derive(move || draft.number.with(Option::is_some));
    let title = move || {
        if is_change.get() {
            t_string!(i18n, kpi.note_change)
        } else {
            t_string!(i18n, kpi.note_add)
        }
    };
    let submit = move || {
        let text = if is_change.get() {
            t_string!(i18n, kpi.note_save_change)
        } else {
            t_string!(i18n, kpi.note_save)
        };
        text.to_owned()
    };
    let leave = move |_| {
        draft.leave(last.get_untracked());
        flaw.set(None);
        // The button that was pressed goes away.
        focus_on(FORM_ID);
    };
    let cancel = move || {
        is_change.get().then(|| {
            view! {
                <p>
                    <button
                        type="button"
                        class="button"
                        data-action="keep-note"
                        on:click=leave
                    >
                        {t!(i18n, kpi.note_keep)}
                    </button>
                </p>
            }
        })
    };
    view! {
        <h3 id="note-title">{title}</h3>
        <form class="fields" novalidate id=FORM_ID tabindex="-1" aria-labelledby="note-title" on:submit=save>
            <Fields kpi draft channels flaw/>
            <SubmitField label=Signal::derive(submit)/>
        </form>
        {cancel}
        <p class="field__problem" role="alert" id=PROBLEM_ID>
            {move || flaw.get().map(|flaw| flaw_text(i18n, flaw))}
        </p>
    }
    .into_any()
}

#[component]
fn Fields(
    /// The KPI that it can be about alone.
    kpi: String,
    /// What is being typed.
    draft: Draft,
    /// Channels with data.
    channels: Signal<Vec<Member>>,
    /// What is wrong with it.
    flaw: RwSignal<Option<Flaw>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let of_day = move || flaw.get().filter(|it| *it == Flaw::Day).map(|_| PROBLEM_ID);
    let of_text = move || flaw.get().filter(|it| *it != Flaw::Day).map(|_| PROBLEM_ID);
    let scopes = move || {
        let all = (String::new(), t_string!(i18n, kpi.note_all_kpis).to_owned());
        vec![all, (kpi.clone(), t_string!(i18n, kpi.note_this_kpi).to_owned())]
    };
    let all_channels = label!(i18n, kpi.note_all_channels);
    view! {
        <TextField
            label=label!(i18n, kpi.note_from)
            value=draft.from
            kind=FieldKind::Day
            field="note-from"
            described_by=Signal::derive(of_day)
        />
        <TextField
            label=label!(i18n, kpi.note_to)
            value=draft.to
            kind=FieldKind::Day
            field="note-to"
            described_by=Signal::derive(of_day)
        />
        <TextField
            label=label!(i18n, kpi.note_text)
            value=draft.text
            field="note-text"
            example=t_string!(i18n, kpi.note_example)
            described_by=Signal::derive(of_text)
        />
        <ChoiceField
            label=label!(i18n, kpi.note_scope)
            value=draft.kpi
            field="note-scope"
            choices=Signal::derive(scopes)
        />
        <ChannelField channels chosen=draft.channel all=Some(all_channels)/>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_of_the_calendar_and_in_their_order() {
        let text = |from, to| days_of(from, to).map(|days| days.to_string());
        let day = "2026-09-10";
        assert_eq!(text(day, "").as_deref(), Some("2026-09-10..2026-09-10"));
        assert_eq!(text(day, "2026-09-12").as_deref(), Some("2026-09-10..2026-09-12"));
        assert_eq!(text(day, "2026-09-08").as_deref(), Some("2026-09-08..2026-09-10"));
        assert_eq!([text("2026-02-30", ""), text("", day), text(day, "12.9.")], [None, None, None]);
    }

    #[test]
    fn a_note_being_changed_keeps_its_day_and_leaves_nothing_behind() {
        Owner::new().with(|| {
            let day = |text: &str| Day::parse(text).expect("a day of the calendar");
            let draft = Draft::new();
            let from = || draft.from.get_untracked();
            draft.offer(day("2026-06-29"));
            draft.offer(day("2026-06-30"));
            assert_eq!(from(), "2026-06-30", "nobody chose another");

            let days = Period::between(day("2026-06-30"), day("2026-07-02"));
            let [kpi, channel, text] = ["sales.net", "amazon", "Prime Day"].map(str::to_owned);
            draft.edit(7, &Annotation { days, kpi, channel, text });
            draft.offer(day("2026-07-31"));
            assert_eq!(from(), "2026-06-30", "the note's own, though it was offered, too");

            draft.leave(Some(day("2026-07-31")));
            assert_eq!((draft.number.get_untracked(), &*from()), (None, "2026-07-31"));
            let others = [draft.to, draft.kpi, draft.channel, draft.text];
            assert!(others.iter().all(|it| it.get_untracked().is_empty()));
            draft.offer(day("2026-08-31"));
            assert_eq!(from(), "2026-08-31", "what is offered is no choice");
        });
    }

    #[test]
    fn a_text_has_one_to_two_hundred_letters() {
        assert_eq!(text_of(" 价格涨到 24.99 ").as_deref(), Ok("价格涨到 24.99"));
        assert_eq!(text_of(&"价".repeat(200)).map(|it| it.chars().count()), Ok(200));
        assert_eq!(text_of(&"价".repeat(201)), Err(Flaw::TooLong(201)));
        assert_eq!(text_of("  "), Err(Flaw::NoText));
    }
}
