//! The person's own recipes: how files with their columns are read, shared as text.

use js_sys::Uint8Array;
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

use super::page::Loaded;
use crate::{
    ui::{
        components::{CellLabel, Glyph, Icon},
        hooks::{copy_text, download},
        i18n::{channel_name, name, t, t_string, use_i18n},
        state::use_workbook,
    },
    worker::protocol::{Change, RecipeView},
};

/// All recipes that the person made or got, and a field for the text of another one.
#[component]
pub(super) fn OwnRecipes(
    /// What is loaded.
    loaded: Loaded,
) -> impl IntoView {
    let i18n = use_i18n();
    let n_recipes = Memo::new(move |_| loaded.with(|data| data.recipes.len()));
    view! {
        <section class="panel own-recipes" aria-labelledby="data-recipes">
            <div class="panel__head">
                <h2 id="data-recipes">{t!(i18n, data.recipes_title)}</h2>
                <span class="panel__note">{t!(i18n, data.recipes_why)}</span>
            </div>
            <Show
                when=move || n_recipes.get() != 0
                fallback=move || view! { <p class="muted">{t!(i18n, data.recipes_none)}</p> }
            >
                <table class="data-table" data-stack="true">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, data.recipe_name)}</th>
                            <th scope="col">{t!(i18n, data.recipe_becomes)}</th>
                            <th scope="col" data-align="end">{t!(i18n, data.recipe_files)}</th>
                            <th scope="col"><span class="visually-hidden">{t!(i18n, data.action)}</span></th>
                        </tr>
                    </thead>
                    <tbody>
                        <For
                            each=move || loaded.with(|data| data.recipes.clone())
                            key=|recipe| (recipe.id.clone(), recipe.text.clone(), recipe.n_imports)
                            let(recipe)
                        >
                            <RecipeRow recipe/>
                        </For>
                    </tbody>
                </table>
            </Show>
            {move || {
                n_recipes.get();
                view! { <AddRecipe/> }
            }}
        </section>
    }
}

/// One recipe with what can be done with it.
#[component]
fn RecipeRow(
    /// The recipe.
    recipe: RecipeView,
) -> impl IntoView {
    let i18n = use_i18n();
    let workbook = use_workbook();
    let RecipeView { id, names, how_to_get, channel, table, table_names, n_imports, text } = recipe;
    let title = names.en.clone();
    let named = StoredValue::new(title.clone());
    let removed = id.clone();
    // The buttons say what they do, the row's heading to what.
    let heading = format!("recipe-{id}");
    let described = heading.clone();
    let text = StoredValue::new(text);
    // Whether the last copying was allowed.
    let copied = RwSignal::new(None::<bool>);
    let copy = move |_| {
        spawn_local(async move { copied.set(Some(copy_text(&text.get_value()).await)) });
    };
    let said = move || match copied.get() {
        Some(true) => t_string!(i18n, data.recipe_copied),
        Some(false) => t_string!(i18n, data.recipe_copy_failed),
        None => "",
    };
    let save = move |_| {
        let bytes = text.with_value(|text| Uint8Array::from(text.as_bytes()));
        // The browser tells by itself when it keeps no downloads.
        download(&format!("{}.recipe.json", named.get_value()), &bytes);
    };
    let becomes = move || {
        let channel = channel_name(i18n, &channel);
        format!("{} · {channel}", name(i18n, &table_names))
    };
    view! {
        <tr data-recipe=id data-table=table>
            <th scope="row" data-wrap="true">
                <span id=heading>{title}</span>
                {move || {
                    let how = name(i18n, &how_to_get);
                    (!how.is_empty()).then(|| view! { <div class="data-table__sub">{how}</div> })
                }}
            </th>
            <td>
                <CellLabel text=move || t_string!(i18n, data.recipe_becomes)/>
                {becomes}
            </td>
            <td data-align="end">
                <CellLabel text=move || t_string!(i18n, data.recipe_files)/>
                {n_imports}
            </td>
            <td data-wrap="true">
                <span class="row own-recipes__actions">
                    <button
                        type="button"
                        class="button"
                        data-action="copy"
                        aria-describedby=described.clone()
                        on:click=copy
                    >
                        {t!(i18n, data.recipe_copy)}
                    </button>
                    <button
                        type="button"
                        class="button"
                        aria-describedby=described.clone()
                        on:click=save
                    >
                        {t!(i18n, data.recipe_download)}
                    </button>
                    <button
                        type="button"
                        class="button"
                        data-action="remove"
                        disabled=move || !workbook.is_writable()
                        aria-describedby=described
                        on:click=move |_| workbook.change(Change::RemoveRecipe { recipe: removed.clone() })
                    >
                        <Icon glyph=Glyph::Trash/>
                        {t!(i18n, data.recipe_remove)}
                    </button>
                    <span class="small muted" role="status">{said}</span>
                </span>
            </td>
        </tr>
    }
}

/// A recipe that somebody shared, pasted as text; made anew, and thereby empty, when it was added.
#[component]
fn AddRecipe() -> impl IntoView {
    let i18n = use_i18n();
    let workbook = use_workbook();
    let text = RwSignal::new(String::new());
    let is_empty = Memo::new(move |_| text.with(|text| text.trim().is_empty()));
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        workbook.change(Change::AddRecipe { text: text.get_untracked() });
    };
    view! {
        <details class="own-recipes__add">
            <summary>
                <Icon glyph=Glyph::Right/>
                {t!(i18n, data.recipe_add)}
            </summary>
            <form class="stack" data-gap="small" novalidate on:submit=add>
                <label class="field">
                    <span class="field__label">{t!(i18n, data.recipe_paste)}</span>
                    <textarea
                        class="field__input"
                        rows="6"
                        spellcheck="false"
                        autocomplete="off"
                        prop:value=text
                        on:input=move |event| text.set(event_target_value(&event))
                    ></textarea>
                    <span class="field__hint">{t!(i18n, data.recipe_paste_hint)}</span>
                </label>
                <p class="row">
                    <button
                        type="submit"
                        class="button"
                        data-kind="primary"
                        disabled=move || is_empty.get() || !workbook.is_writable()
                    >
                        {t!(i18n, data.recipe_add_now)}
                    </button>
                </p>
            </form>
        </details>
    }
}
