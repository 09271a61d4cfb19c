//! The bars around every page.

use crate::{browser::Browser, wait::wait_until, words::word};

/// Navigation, undo, language and theme.
pub(crate) struct Shell<'a>(pub(crate) &'a Browser);

impl Shell<'_> {
    /// Goes to `home`, `import`, `data` or `workbook` by the navigation.
    #[track_caller]
    pub(crate) fn go(&self, page: &str) {
        self.0.click(&format!("(//nav//a[starts-with(@href, '#/{page}')])[last()]"));
        wait_until("the page", || self.0.hash().starts_with(&format!("#/{page}")));
    }

    #[track_caller]
    pub(crate) fn undo(&self) {
        self.0.click("header [role=group] button:first-child");
    }

    #[track_caller]
    pub(crate) fn redo(&self) {
        self.0.click("header [role=group] button:last-child");
    }

    /// Whether something can be undone.
    pub(crate) fn can_undo(&self) -> bool {
        self.0.has("header [role=group] button:first-child:not([disabled])")
    }

    pub(crate) fn can_redo(&self) -> bool {
        self.0.has("header [role=group] button:last-child:not([disabled])")
    }

    /// Waits until the newest change is stored.
    #[track_caller]
    pub(crate) fn wait_saved(&self) {
        wait_until("the work to be saved", || self.0.has("header [role=status][data-state=saved]"));
    }

    /// Waits until it is said that another tab writes the workbook.
    #[track_caller]
    pub(crate) fn wait_read_only(&self) {
        let said = "header [role=status][data-state=read-only]";
        wait_until("the other tab to be named", || self.0.has(said));
    }

    /// Goes to the other language.
    #[track_caller]
    pub(crate) fn switch_language(&self) {
        self.0.click("header button[lang]");
    }

    /// Goes on to the next theme.
    #[track_caller]
    pub(crate) fn switch_theme(&self) {
        let label = |key| word(&format!("shell.theme_{key}"));
        let labels = ["system", "light", "dark"].map(label);
        let test = labels.map(|label| format!("@aria-label='{label}'")).join(" or ");
        self.0.click(&format!("//header//button[{test}]"));
    }

    pub(crate) fn workbook_name(&self) -> String {
        self.0.text("header button[popovertarget]").unwrap_or_default().trim().to_owned()
    }
}
